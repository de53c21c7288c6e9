namespace Recoup.Lakehouse.FlinkSql.Syntax;

/// <param name="With">Common table expressions, visible to those after them and to the body.</param>
public sealed record QueryTree(IReadOnlyList<CommonTable> With, IReadOnlyList<SelectQuery> UnionAll, SourcePosition At);

public sealed record CommonTable(string Name, IReadOnlyList<string> Columns, QueryTree Query, SourcePosition At);

public sealed record SelectQuery(IReadOnlyList<SelectItem> Items, FromItem? From, Expression? Where, SourcePosition At);

public abstract record SelectItem(SourcePosition At);

public sealed record SelectAll(string? Qualifier, SourcePosition At) : SelectItem(At);

public sealed record SelectExpression(Expression Value, string? Alias, SourcePosition At) : SelectItem(At);

public abstract record FromItem(string? Alias, IReadOnlyList<string> Columns, SourcePosition At);

public sealed record FromTable(ObjectName Name, string? Alias, IReadOnlyList<string> Columns, SourcePosition At) : FromItem(Alias, Columns, At);

public sealed record FromQuery(QueryTree Query, string? Alias, IReadOnlyList<string> Columns, SourcePosition At) : FromItem(Alias, Columns, At);

/// <summary>
/// <c>TABLE(TUMBLE(TABLE t, DESCRIPTOR(c), INTERVAL ...))</c>: the rows of t with three columns more. Without a GROUP BY on
/// them it neither adds, drops nor delays a row.
/// </summary>
public sealed record FromTumble(
    ObjectName Table, string TimeColumn, IntervalLiteral Size, string? Alias, IReadOnlyList<string> Columns, SourcePosition At)
    : FromItem(Alias, Columns, At);

/// <summary><c>left CROSS JOIN UNNEST(array) AS alias (columns)</c>: one row for each element of the left row's array.</summary>
public sealed record FromUnnest(FromItem Left, Expression Array, string? Alias, IReadOnlyList<string> Columns, SourcePosition At)
    : FromItem(Alias, Columns, At);
