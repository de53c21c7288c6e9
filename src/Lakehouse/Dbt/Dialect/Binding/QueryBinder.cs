using System.Collections.Immutable;
using Recoup.Lakehouse.Dbt.Dialect.Syntax;
using Recoup.Lakehouse.Dbt.Dialect.Types;

namespace Recoup.Lakehouse.Dbt.Dialect.Binding;

/// <summary>Translates queries: WITH, set operations, VALUES and how rows leave.</summary>
/// <param name="named">Columns of the queries of WITH by name, in small letters.</param>
internal sealed partial class QueryBinder(BindingContext context, ImmutableDictionary<string, BoundQuery> named)
{
    /// <summary>Understands a query; a lint notes a refusal and goes on, as if its columns were not known.</summary>
    public BoundQuery Bind(QuerySyntax query, Scope? outer)
    {
        try
        {
            return BindKnown(query, outer);
        }
        catch (DialectException refusal) when (context.Notes(refusal.Finding))
        {
            return new BoundQuery("", null);
        }
    }

    private BoundQuery BindKnown(QuerySyntax query, Scope? outer)
    {
        if (query.With.Count == 0)
        {
            return BindRows(query, outer);
        }

        var inner = this;
        var parts = new List<string>();
        foreach (var part in query.With)
        {
            var bound = query.IsRecursive ? inner.BindMaybeRecursive(part) : inner.BindNamed(part);
            parts.Add(bound.Sql);
            inner = new QueryBinder(context, inner.With(part.Name, bound));
        }

        var rows = inner.BindRows(query, outer);
        return rows with { Sql = $"WITH {string.Join(", ", parts)} {rows.Sql}" };
    }

    private ImmutableDictionary<string, BoundQuery> With(string name, BoundQuery query) => named.SetItem(name.ToLowerInvariant(), query);

    private BoundQuery BindNamed(NamedQuery part)
    {
        var bound = Bind(part.Query, null);
        return Renamed(bound, part.Columns, part.Line) with { Sql = Named(part.Name, part.Columns, bound.Sql) };
    }

    private static string Named(string name, IReadOnlyList<string> columns, string sql) =>
        $"{Quoted.Name(name)}{(columns.Count == 0 ? "" : $"({Names(columns)})")} AS ({sql})";

    private BoundQuery Renamed(BoundQuery query, IReadOnlyList<string> names, int line)
    {
        if (names.Count == 0)
        {
            return query;
        }

        if (query.Columns is not null && query.Columns.Count != names.Count)
        {
            throw context.Refuse("L21", line, $"{names.Count} names stand for {query.Columns.Count} columns", "Name every column");
        }

        return query with { Columns = [.. names.Select((name, index) => new BoundColumn(name, query.Columns?[index].Type ?? TrinoType.Opaque))] };
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(Quoted.Name));

    private BoundQuery BindRows(QuerySyntax query, Scope? outer)
    {
        var (body, scope) = query.Body is SelectBody select ? BindSelect(select, outer) : (BindBody(query.Body, outer), new Scope(outer));
        var order = query.OrderBy.Count == 0 ? "" : $" ORDER BY {string.Join(", ", query.OrderBy.Select(item => BindOrder(item, query.Body, body, scope)))}";
        var limit = query.Limit is null ? "" : $" LIMIT {Count(query.Limit)}";
        var offset = query.Offset is null ? "" : $" OFFSET {Count(query.Offset)}";
        return body with { Sql = $"{body.Sql}{order}{limit}{offset}" };
    }

    private string Count(Expression count) => count is NumberLiteral { Text: var text } && text.All(char.IsAsciiDigit)
        ? text
        : throw context.Refuse("L14", count.Line, "a count of rows must be a whole number", "Write the number");

    private BoundQuery BindBody(QueryBody body, Scope? outer) => body switch
    {
        SelectBody select => BindSelect(select, outer).Query,
        ValuesBody values => BindValues(values, outer),
        NestedBody nested => Nested(Bind(nested.Query, outer)),
        SetBody set => BindSet(set, outer),
        _ => throw context.Refuse("L14", body.Line, "this query is not read here", "Use SELECT or VALUES"),
    };

    private static BoundQuery Nested(BoundQuery query) => query with { Sql = $"({query.Sql})" };

    private BoundQuery BindValues(ValuesBody values, Scope? outer)
    {
        var binder = new ExpressionBinder(context, this, new Scope(outer));
        var rows = values.Rows.Select(row => (row is RowExpression wide ? wide.Items : [row]).Select(binder.Bind).ToList()).ToList();
        if (rows.Any(row => row.Count != rows[0].Count))
        {
            throw context.Refuse("L06", values.Line, "the rows of VALUES are of different lengths", "Give every row the same columns");
        }

        var types = rows[0].Select((_, column) => TypeRules.Common(rows.Select(row => row[column].Type)) ?? throw context.Refuse(
            "L06", values.Line, $"column {column + 1} of VALUES mixes types, which Trino refuses", "CAST its values to one type")).ToList();
        var lines = rows.Select(row => $"({string.Join(", ", row.Select((cell, column) => Coercion.To(cell with { Sql = Coercion.Exact(cell) }, types[column]).Sql))})");
        return new BoundQuery($"VALUES {string.Join(", ", lines)}", [.. types.Select((type, index) => new BoundColumn($"_col{index}", type))]);
    }

    private BoundQuery BindSet(SetBody set, Scope? outer)
    {
        var (left, right) = (BindBody(set.Left, outer), BindBody(set.Right, outer));
        var types = CommonColumns(left, right, set);
        var word = set.IsAll ? $"{set.Operator} ALL" : set.Operator;
        var columns = types is null ? null : left.Columns!.Select((column, index) => column with { Type = types[index] }).ToList();
        return new BoundQuery($"{Converted(left, types)} {word} {Converted(right, types)}", columns);
    }

    private IReadOnlyList<TrinoType>? CommonColumns(BoundQuery left, BoundQuery right, SetBody set)
    {
        if (left.Columns is null || right.Columns is null)
        {
            return null;
        }

        if (left.Columns.Count != right.Columns.Count)
        {
            throw context.Refuse("L21", set.Line, $"{set.Operator} has {left.Columns.Count} columns on one side and {right.Columns.Count} on the other", "Select the same columns");
        }

        return [.. left.Columns.Zip(right.Columns, (a, b) => TypeRules.Common(a.Type, b.Type) ?? throw context.Refuse(
            "L21", set.Line, $"{set.Operator} has {a.Type} on one side and {b.Type} on the other in column {a.Name}", "CAST one side"))];
    }

    /// <summary>One side of a set operation in the types of both.</summary>
    private string Converted(BoundQuery side, IReadOnlyList<TrinoType>? types)
    {
        if (types is null || side.Columns!.Zip(types).All(pair => !pair.Second.IsKnown || DuckTypes.Name(pair.First.Type) == DuckTypes.Name(pair.Second)))
        {
            return $"({side.Sql})";
        }

        var names = side.Columns!.Select((_, index) => $"c{index}").ToList();
        var casts = side.Columns!.Select((column, index) => $"{Coercion.To(new Bound(names[index], column.Type, 0), types[index]).Sql} AS {Quoted.Name(column.Name.Length == 0 ? $"_col{index}" : column.Name)}");
        return $"(SELECT {string.Join(", ", casts)} FROM ({side.Sql}) AS {context.NewName("q")}({string.Join(", ", names)}))";
    }
}
