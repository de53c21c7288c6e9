using Recoup.Lakehouse.Dbt.Dialect.Syntax;
using Recoup.Lakehouse.Dbt.Dialect.Types;

namespace Recoup.Lakehouse.Dbt.Dialect.Binding;

/// <summary>SELECT, GROUP BY and ORDER BY: names mean columns of FROM; an alias is one in ORDER BY only.</summary>
internal sealed partial class QueryBinder
{
    private (BoundQuery Query, Scope Scope) BindSelect(SelectBody select, Scope? outer)
    {
        var scope = new Scope(outer);
        var from = select.From is null ? "" : $" FROM {BindFrom(select.From, scope)}";
        scope.Aliases.UnionWith(select.Items.Select(item => item.Alias).OfType<string>());
        scope.Windows.UnionWith(select.Windows.Select(window => window.Name));
        var binder = new ExpressionBinder(context, this, scope);
        var items = select.Items.SelectMany(item => BindItem(item, scope, binder)).ToList();
        var where = select.Where is null ? "" : $" WHERE {binder.BindCondition(select.Where).Sql}";
        var group = select.GroupBy.Count == 0 ? "" : $" GROUP BY {string.Join(", ", select.GroupBy.Select(item => BindGrouping(item, items, binder)))}";
        var having = select.Having is null ? "" : $" HAVING {binder.BindCondition(select.Having).Sql}";
        var windows = select.Windows.Count == 0 ? "" : $" WINDOW {string.Join(", ", select.Windows.Select(window => $"{Quoted.Name(window.Name)} AS {binder.BindWindow(window.Window)}"))}";
        var list = items.Select((item, index) => item.Column is null ? item.Sql : $"{item.Sql} AS {Quoted.Name(item.Column.Name.Length == 0 ? $"_col{index}" : item.Column.Name)}");
        var sql = $"SELECT {(select.IsDistinct ? "DISTINCT " : "")}{string.Join(", ", list)}{from}{where}{group}{having}{windows}";
        var columns = items.Any(item => item.Column is null) ? null : items.Select(item => item.Column!).ToList();
        return (new BoundQuery(sql, columns), scope);
    }

    /// <summary>One item of a select list; without a column where it is a <c>*</c> over a table that nobody described.</summary>
    private sealed record Item(string Sql, BoundColumn? Column);

    private IEnumerable<Item> BindItem(SelectItem item, Scope scope, ExpressionBinder binder)
    {
        if (item.Expression is StarExpression star)
        {
            return BindStar(star, scope);
        }

        var bound = binder.Bind(item.Expression);
        return [new Item(Coercion.Exact(bound), new BoundColumn(item.Alias ?? (item.Expression is NameExpression ? bound.Name : null) ?? "", bound.Type))];
    }

    private IEnumerable<Item> BindStar(StarExpression star, Scope scope)
    {
        var relations = star.Table is null ? scope.Relations : scope.Relations.FindAll(relation => Scope.Equal(relation.Alias, star.Table));
        if (relations.Count == 0)
        {
            throw context.Refuse("L13", star.Line, star.Table is null ? "* without FROM" : $"there is no relation {star.Table} in FROM", "Name a relation of FROM");
        }

        if (relations.Exists(relation => relation.Columns is null))
        {
            return [new Item(star.Table is null ? "*" : $"{Quoted.Name(relations[0].DuckName)}.*", null)];
        }

        var columns = relations.SelectMany(relation => relation.Columns!).Where(column => !column.IsMerged || star.Table is not null);
        return (star.Table is null ? scope.Merged.Concat(columns) : columns).Select(column => new Item(column.Sql, new BoundColumn(column.Name, column.Type)));
    }

    private string BindGrouping(GroupingItem item, IReadOnlyList<Item> items, ExpressionBinder binder)
    {
        string Element(Expression expression) => expression is RowExpression row ? string.Join(", ", row.Items.Select(Element)) : GroupingElement(expression, items, binder);
        string Set(IReadOnlyList<Expression> set) => $"({string.Join(", ", set.Select(Element))})";
        return item.Kind switch
        {
            "" => Element(item.Sets[0][0]),
            "GROUPING SETS" => $"GROUPING SETS ({string.Join(", ", item.Sets.Select(Set))})",
            _ => $"{item.Kind} {Set(item.Sets[0])}",
        };
    }

    private string GroupingElement(Expression expression, IReadOnlyList<Item> items, ExpressionBinder binder)
    {
        if (expression is NumberLiteral { Text: var text } && int.TryParse(text, out var ordinal))
        {
            return ordinal >= 1 && ordinal <= items.Count && items[ordinal - 1].Column is not null
                ? text
                : throw context.Refuse("L13", expression.Line, $"the select list has no expression {text} to group by", "Repeat the expression");
        }

        return binder.Bind(expression).Sql;
    }

    private string BindOrder(SortItem item, QueryBody body, BoundQuery query, Scope scope)
    {
        var position = Position(item.Expression, query.Columns);
        if (position is null && (body is not SelectBody { IsDistinct: false } || MentionsOutput(item.Expression, query.Columns)))
        {
            throw context.Refuse("L21", item.Expression.Line, "ORDER BY computes with a column of the select list", "Order by the column's name or number alone");
        }

        if (position is null)
        {
            return new ExpressionBinder(context, this, scope).BindSortItem(item);
        }

        ExpressionBinder.CheckSortable(query.Columns?.ElementAtOrDefault(position.Value - 1)?.Type, item.Expression.Line, context);
        return $"{position} {ExpressionBinder.Direction(item)}";
    }

    /// <summary>Where in the select list ORDER BY's expression stands: a number, or a name that one column has.</summary>
    private int? Position(Expression expression, IReadOnlyList<BoundColumn>? columns)
    {
        if (expression is NumberLiteral { Text: var text })
        {
            return int.TryParse(text, out var number) && number >= 1 && (columns is null || number <= columns.Count)
                ? number
                : throw context.Refuse("L13", expression.Line, $"the select list has no column {text}", "Order by a column's name");
        }

        if (expression is not NameExpression { Parts: [var name] } || columns is null)
        {
            return null;
        }

        var found = columns.Select((column, index) => (column.Name, Index: index + 1)).Where(column => Scope.Equal(column.Name, name)).ToList();
        return found.Count switch
        {
            0 => null,
            1 => found[0].Index,
            _ => throw context.Refuse("L13", expression.Line, $"the select list has {found.Count} columns {name}", "Order by a number"),
        };
    }

    private static bool MentionsOutput(Expression expression, IReadOnlyList<BoundColumn>? columns) =>
        ExpressionWalk.Names(expression).Any(name => name.Parts.Count == 1 && (columns?.Any(column => Scope.Equal(column.Name, name.Last)) ?? false));
}
