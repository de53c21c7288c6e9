using Recoup.Lakehouse.Dbt.Dialect.Syntax;
using Recoup.Lakehouse.Dbt.Dialect.Types;

namespace Recoup.Lakehouse.Dbt.Dialect.Binding;

/// <summary>FROM: every relation gets a name, so that every column is written with one and no alias can take its place.</summary>
internal sealed partial class QueryBinder
{
    private string BindFrom(FromItem item, Scope scope) => item switch
    {
        TableItem table => BindTable(table, scope),
        QueryItem query => BindQueryItem(query, scope),
        UnnestItem unnest => BindUnnest(unnest, scope),
        JoinItem join => BindJoin(join, scope),
        _ => throw context.Refuse("L14", item.Line, "this relation is not read here", "Use tables, subqueries, UNNEST and joins"),
    };

    private string BindTable(TableItem table, Scope scope)
    {
        var query = table.Name is [var single] ? named.GetValueOrDefault(single.ToLowerInvariant()) : null;
        query?.Used?.Invoke();
        var columns = query is not null
            ? query.Columns
            : context.Describe(table.Name)?.Select(column => new BoundColumn(column.Name, column.Type)).ToList();
        var alias = table.Alias ?? new Alias(table.Name[^1], []);
        return $"{string.Join('.', table.Name.Select(Quoted.Name))} AS {Add(alias, columns, scope, table.Line)}";
    }

    private string BindQueryItem(QueryItem item, Scope scope)
    {
        if (item.IsLateral && item.Query is not { With: [], OrderBy: [], Limit: null, Body: SelectBody { From: null, Where: null, GroupBy: [] } })
        {
            throw context.Refuse("L21", item.Line, "a lateral subquery with more than a select list may be refused by Trino", "Join instead");
        }

        var query = Bind(item.Query, item.IsLateral ? scope : scope.Parent);
        return $"{(item.IsLateral ? "LATERAL " : "")}({query.Sql}) AS {Add(item.Alias, query.Columns, scope, item.Line)}";
    }

    /// <summary>Adds a relation to the scope and gives the text of its alias.</summary>
    private string Add(Alias? alias, IReadOnlyList<BoundColumn>? columns, Scope scope, int line)
    {
        var duck = alias?.Name ?? context.NewName("q");
        var renamed = Renamed(new BoundQuery("", columns), alias?.Columns ?? [], line).Columns;
        scope.Relations.Add(new ScopeRelation(alias?.Name, duck, renamed?.Select((column, index) => Column(duck, column, index)).ToList()));
        return alias?.Columns.Count > 0 || columns?.Any(column => column.Name.Length == 0) == true
            ? $"{Quoted.Name(duck)}({Names(renamed!.Select((column, index) => column.Name.Length == 0 ? $"_col{index}" : column.Name))})"
            : Quoted.Name(duck);
    }

    private static ScopeColumn Column(string relation, BoundColumn column, int index) =>
        new(column.Name, column.Type, $"{Quoted.Name(relation)}.{Quoted.Name(column.Name.Length == 0 ? $"_col{index}" : column.Name)}");

    /// <summary>UNNEST of one array: a lateral subquery that unnests and counts.</summary>
    private string BindUnnest(UnnestItem item, Scope scope)
    {
        var array = item.Arrays is [var single]
            ? new ExpressionBinder(context, this, scope).Bind(single)
            : throw context.Refuse("L21", item.Line, "UNNEST of several arrays pads them in Trino", "Unnest one array, or zip them first");
        if (array.Type.Kind is not TypeKind.Array || array.Type.Element.Kind is TypeKind.Row)
        {
            throw array.Type.Kind is TypeKind.Opaque
                ? context.TypeNotKnown(item.Line, "UNNEST")
                : context.Refuse("L21", item.Line, $"UNNEST of {array.Type} is not read here", "Unnest an array of plain values");
        }

        List<BoundColumn> columns = [new("", array.Type.Element), .. item.WithOrdinality ? [new BoundColumn("", TrinoType.BigInt)] : Array.Empty<BoundColumn>()];
        var position = item.WithOrdinality ? $", generate_subscripts({array.Sql}, 1)" : "";
        return $"LATERAL (SELECT unnest({array.Sql}){position}) AS {Add(item.Alias, columns, scope, item.Line)}";
    }

    private string BindJoin(JoinItem join, Scope scope)
    {
        var left = BindFrom(join.Left, scope);
        var right = BindFrom(join.Right, scope);
        if (join.Right is QueryItem { IsLateral: true } or UnnestItem && join.Kind != "CROSS" && (join.Kind != "LEFT" || join.On is not BooleanLiteral { Value: true } || join.Right is QueryItem))
        {
            throw context.Refuse("L21", join.Line, "this join of a lateral relation is refused by Trino", "Use CROSS JOIN, or LEFT JOIN UNNEST(...) ON TRUE");
        }

        if (join.Using.Count > 0)
        {
            Merge(join, scope);
            return $"{left} {join.Kind} JOIN {right} USING ({Names(join.Using)})";
        }

        var on = join.Kind == "CROSS" ? "" : $" ON {new ExpressionBinder(context, this, scope).BindCondition(join.On!).Sql}";
        return $"{left} {join.Kind} JOIN {(join.Right is JoinItem ? $"({right})" : right)}{on}";
    }

    /// <summary>USING: its columns belong to no relation any more, and their types must agree.</summary>
    private void Merge(JoinItem join, Scope scope)
    {
        foreach (var name in join.Using)
        {
            var types = new List<TrinoType>();
            for (var index = 0; index < scope.Relations.Count; index++)
            {
                var relation = scope.Relations[index];
                types.AddRange(relation.Columns?.Where(column => Scope.Equal(column.Name, name)).Select(column => column.Type) ?? [TrinoType.Opaque]);
                scope.Relations[index] = relation with { Columns = relation.Columns?.Select(column => Scope.Equal(column.Name, name) ? column with { IsMerged = true } : column).ToList() };
            }

            var type = TypeRules.Common(types);
            if (type is null || types.Count < 2 || (type.IsKnown && types.Exists(other => DuckTypes.Name(other) != DuckTypes.Name(type))))
            {
                throw context.Refuse("L06", join.Line, $"USING ({name}) needs the column on both sides, of one type", "Join with ON and a CAST");
            }

            if (!scope.Merged.Exists(column => Scope.Equal(column.Name, name)))
            {
                scope.Merged.Add(new ScopeColumn(name, type, Quoted.Name(name)));
            }
        }
    }
}
