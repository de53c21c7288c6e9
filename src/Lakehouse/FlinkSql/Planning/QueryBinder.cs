using Recoup.Lakehouse.FlinkSql.Binding;
using Recoup.Lakehouse.FlinkSql.Syntax;
using Recoup.Lakehouse.FlinkSql.Types;

namespace Recoup.Lakehouse.FlinkSql.Planning;

/// <summary>Turns queries into relations. Names of tables and views are looked up by the one who made it.</summary>
internal sealed class QueryBinder(BindingContext binding, Func<ObjectName, Relation> find)
{
    private readonly Dictionary<string, Relation> commonTables = new(StringComparer.Ordinal);

    public Relation Bind(QueryTree query)
    {
        foreach (var table in query.With)
        {
            commonTables[table.Name] = Rename(Bind(table.Query), table.Columns, table.At);
        }

        var selects = query.UnionAll.Select(BindSelect).ToList();
        if (selects.Count == 1)
        {
            return selects[0];
        }

        CheckUnion(selects, query.At);
        var bodies = selects.Select(select => $"SELECT {string.Join(", ", select.Columns.Select((column, index) => $"{column.Value.Sql} AS c{index}").Prepend(Relation.RecordNumber))} FROM ({select.Sql}) AS t");
        var columns = selects[0].Columns.Select((column, index) => column with { Value = new BoundExpression($"c{index}", column.Value.Type) });
        return new Relation(string.Join(" UNION ALL ", bodies), [.. columns]);
    }

    /// <summary>The relation with the names that a view or alias gives to its columns.</summary>
    public static Relation Rename(Relation relation, IReadOnlyList<string> names, SourcePosition at)
    {
        if (names.Count == 0)
        {
            return relation;
        }

        return names.Count == relation.Columns.Count
            ? relation with { Columns = [.. relation.Columns.Select((column, index) => column with { Name = names[index] })] }
            : throw new FlinkSqlException(at, $"{names.Count} names are given to {relation.Columns.Count} columns", "Name each column once");
    }

    private static void CheckUnion(List<Relation> selects, SourcePosition at)
    {
        foreach (var select in selects.Skip(1))
        {
            var isSame = select.Columns.Count == selects[0].Columns.Count
                && select.Columns.Zip(selects[0].Columns).All(pair => pair.First.Value.Type == pair.Second.Value.Type);
            if (!isSame)
            {
                throw new FlinkSqlException(at, "the parts of UNION ALL have other types", "Cast their columns to the same types");
            }
        }
    }

    private Relation BindSelect(SelectQuery select)
    {
        var from = select.From is null
            ? throw new FlinkSqlException(select.At, "a SELECT without FROM is not in the shared subset", "Select from a table or view")
            : BindFrom(select.From);
        var expressions = new ExpressionBinder(binding, new Scope(from.Columns), isGuarded: select.Where is not null);
        var outputs = select.Items.SelectMany((item, index) => BindItem(item, index, from, expressions)).ToList();
        var twice = outputs.GroupBy(output => output.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw new FlinkSqlException(select.At, $"the column {twice.Key} is selected twice", "Give one of them another name with AS");
        }

        var where = select.Where is null ? string.Empty : $" WHERE {expressions.BindCondition(select.Where).Sql}";
        return Project(outputs, $"({from.Sql}) AS t{where}");
    }

    private static List<ScopeColumn> BindItem(SelectItem item, int index, Relation from, ExpressionBinder expressions)
    {
        if (item is SelectAll all)
        {
            var columns = from.Columns.Where(column => all.Qualifier is null || column.Table == all.Qualifier).ToList();
            return columns.Count > 0 ? columns : throw new FlinkSqlException(all.At, $"there is no table {all.Qualifier}", "Write its name or alias");
        }

        var selected = (SelectExpression)item;
        var value = expressions.Bind(selected.Value);
        var reference = selected.Value as ColumnReference;
        var name = selected.Alias ?? reference?.Path[^1] ?? $"EXPR${index}";
        var isTime = reference is not null && from.Columns.Any(column => column.Name == reference.Path[^1] && column.IsTimeAttribute);
        return [new ScopeColumn(null, name, value, isTime)];
    }

    /// <summary>Constants need no column; an array of written-out rows is carried as the columns of its rows.</summary>
    private static Relation Project(IReadOnlyList<ScopeColumn> outputs, string from)
    {
        var physical = new List<string>();
        BoundExpression Carry(BoundExpression value)
        {
            if (value.Constant is not null || value.Type.Kind == TypeKind.Symbol)
            {
                return value;
            }

            if (value.Rows is not null)
            {
                var rows = value.Rows.Select(row => (IReadOnlyList<BoundExpression>)[.. row.Select(Carry)]).ToList();
                var packed = rows.Select(row => $"struct_pack({string.Join(", ", row.Select((field, index) => $"\"EXPR${index}\" := {field.Sql}"))})");
                return new BoundExpression($"list_value({string.Join(", ", packed)})", value.Type, Rows: rows);
            }

            physical.Add(value.Sql);
            return new BoundExpression($"c{physical.Count - 1}", value.Type);
        }

        var columns = outputs.Select(output => output with { Table = null, Value = Carry(output.Value) }).ToList();
        var list = string.Join(", ", physical.Select((sql, index) => $"{sql} AS c{index}").Prepend(Relation.RecordNumber));
        return new Relation($"SELECT {list} FROM {from}", columns);
    }

    private Relation BindFrom(FromItem item) => item switch
    {
        FromTable table => Alias(Find(table.Name), table, table.Name.Last),
        FromQuery query => Alias(Bind(query.Query), query, null),
        FromTumble tumble => BindTumble(tumble),
        FromUnnest unnest => BindUnnest(unnest),
        _ => throw new FlinkSqlException(item.At, "this source of rows is not in the shared subset", "Select from a table or view"),
    };

    private Relation Find(ObjectName name) =>
        name.Parts.Count == 1 && commonTables.TryGetValue(name.Last, out var table) ? table : find(name);

    private static Relation Alias(Relation relation, FromItem item, string? name)
    {
        var renamed = Rename(relation, item.Columns, item.At);
        var alias = item.Alias ?? name;
        return renamed with { Columns = [.. renamed.Columns.Select(column => column with { Table = alias })] };
    }

    private Relation BindTumble(FromTumble tumble)
    {
        const string Refusal = "the window's columns are not computed here: without a GROUP BY they mean nothing";
        var relation = Find(tumble.Table);
        var time = relation.Columns.FirstOrDefault(column => column.Name == tumble.TimeColumn)
            ?? throw new FlinkSqlException(tumble.At, $"{tumble.Table} has no column {tumble.TimeColumn}", "Name the column that the watermark follows");
        if (!time.IsTimeAttribute)
        {
            throw new FlinkSqlException(tumble.At, $"{tumble.TimeColumn} is no time attribute of {tumble.Table}", "Carry the watermark's column along by its name, without a function on it");
        }

        if (relation.Columns.Any(column => column.Name.StartsWith("window_", StringComparison.Ordinal)))
        {
            throw new FlinkSqlException(tumble.At, $"{tumble.Table} has a column window_... already, and TUMBLE would add it again", "Leave it out before this step");
        }

        var added = ((string[])["window_start", "window_end", "window_time"])
            .Select(name => new ScopeColumn(null, name, new BoundExpression("NULL", FlinkType.Symbol), Refusal: Refusal));
        return Alias(relation with { Columns = [.. relation.Columns, .. added] }, tumble, null);
    }

    private Relation BindUnnest(FromUnnest unnest)
    {
        var left = BindFrom(unnest.Left);
        var array = new ExpressionBinder(binding, new Scope(left.Columns)).Bind(unnest.Array);
        if (array.Rows is { Count: 1 } rows)
        {
            var fields = rows[0].Select((field, index) => new ScopeColumn(null, $"EXPR${index}", field)).ToList();
            var named = Alias(new Relation(left.Sql, fields), unnest, null);
            return named with { Columns = [.. left.Columns, .. named.Columns] };
        }

        if (array.Type.Kind != TypeKind.Array || !array.Type.Element!.IsText)
        {
            throw new FlinkSqlException(unnest.At, $"UNNEST of {array.Type} is not in the shared subset", "Unnest an ARRAY<STRING>, or an ARRAY[ROW(...)] of one row");
        }

        var element = Alias(
            new Relation(string.Empty, [new ScopeColumn(null, "EXPR$0", new BoundExpression("u0", array.Type.Element))]), unnest, null);
        return new Relation($"SELECT *, unnest({array.Sql}) AS u0 FROM ({left.Sql}) AS t", [.. left.Columns, .. element.Columns]);
    }
}
