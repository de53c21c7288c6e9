namespace Recoup.Lakehouse.Dbt.Dialect.Syntax;

/// <summary>A whole query: what it names first, its body, and how the rows leave it.</summary>
internal sealed record QuerySyntax(
    bool IsRecursive, IReadOnlyList<NamedQuery> With, QueryBody Body, IReadOnlyList<SortItem> OrderBy, Expression? Offset, Expression? Limit, int Line);

internal sealed record NamedQuery(string Name, IReadOnlyList<string> Columns, QuerySyntax Query, int Line);

internal abstract record QueryBody(int Line);

internal sealed record SelectBody(
    bool IsDistinct,
    IReadOnlyList<SelectItem> Items,
    FromItem? From,
    Expression? Where,
    IReadOnlyList<GroupingItem> GroupBy,
    Expression? Having,
    IReadOnlyList<NamedWindow> Windows,
    int Line) : QueryBody(Line);

internal sealed record ValuesBody(IReadOnlyList<Expression> Rows, int Line) : QueryBody(Line);

internal sealed record SetBody(string Operator, bool IsAll, QueryBody Left, QueryBody Right, int Line) : QueryBody(Line);

internal sealed record NestedBody(QuerySyntax Query, int Line) : QueryBody(Line);

internal sealed record SelectItem(Expression Expression, string? Alias);

/// <summary>One element of GROUP BY.</summary>
/// <param name="Kind">Empty for a plain expression; <c>ROLLUP</c>, <c>CUBE</c> or <c>GROUPING SETS</c>.</param>
internal sealed record GroupingItem(string Kind, IReadOnlyList<IReadOnlyList<Expression>> Sets);

internal sealed record NamedWindow(string Name, WindowSyntax Window);

internal abstract record FromItem(int Line);

internal sealed record TableItem(IReadOnlyList<string> Name, Alias? Alias, int Line) : FromItem(Line);

internal sealed record QueryItem(QuerySyntax Query, bool IsLateral, Alias? Alias, int Line) : FromItem(Line);

internal sealed record UnnestItem(IReadOnlyList<Expression> Arrays, bool WithOrdinality, Alias? Alias, int Line) : FromItem(Line);

internal sealed record JoinItem(string Kind, FromItem Left, FromItem Right, Expression? On, IReadOnlyList<string> Using, int Line) : FromItem(Line);

internal sealed record Alias(string Name, IReadOnlyList<string> Columns);
