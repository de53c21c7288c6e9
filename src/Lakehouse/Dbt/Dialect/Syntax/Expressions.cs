namespace Recoup.Lakehouse.Dbt.Dialect.Syntax;

/// <summary>An expression as written.</summary>
/// <param name="Line">Where it begins, or where its operator stands.</param>
internal abstract record Expression(int Line);

internal sealed record NullLiteral(int Line) : Expression(Line);

internal sealed record BooleanLiteral(bool Value, int Line) : Expression(Line);

internal sealed record NumberLiteral(string Text, int Line) : Expression(Line);

internal sealed record TextLiteral(string Text, int Line) : Expression(Line);

/// <summary><c>DATE '...'</c>, <c>TIMESTAMP '...'</c>, <c>DECIMAL '...'</c> and the like.</summary>
internal sealed record TypedLiteral(string Type, string Text, int Line) : Expression(Line);

internal sealed record IntervalLiteral(bool IsNegative, string Text, string Unit, int Line) : Expression(Line);

/// <summary>A column, with its table before it or not; or a field of a row column.</summary>
internal sealed record NameExpression(IReadOnlyList<string> Parts, int Line) : Expression(Line)
{
    public string Last => Parts[^1];
}

/// <summary><c>*</c> or <c>t.*</c>, in a select list only.</summary>
internal sealed record StarExpression(string? Table, int Line) : Expression(Line);

internal sealed record UnaryExpression(string Operator, Expression Operand, int Line) : Expression(Line);

/// <summary>Arithmetic, comparison, <c>||</c>, <c>AND</c>, <c>OR</c>, <c>IS [NOT] DISTINCT FROM</c>.</summary>
internal sealed record BinaryExpression(string Operator, Expression Left, Expression Right, int Line) : Expression(Line);

internal sealed record IsNullExpression(Expression Operand, bool IsNot, int Line) : Expression(Line);

internal sealed record BetweenExpression(Expression Operand, bool IsNot, Expression Low, Expression High, int Line) : Expression(Line);

internal sealed record InListExpression(Expression Operand, bool IsNot, IReadOnlyList<Expression> Items, int Line) : Expression(Line);

internal sealed record InQueryExpression(Expression Operand, bool IsNot, QuerySyntax Query, int Line) : Expression(Line);

internal sealed record LikeExpression(Expression Operand, bool IsNot, Expression Pattern, Expression? Escape, int Line) : Expression(Line);

internal sealed record ExistsExpression(QuerySyntax Query, int Line) : Expression(Line);

internal sealed record SubqueryExpression(QuerySyntax Query, int Line) : Expression(Line);

internal sealed record QuantifiedExpression(string Operator, string Quantifier, Expression Left, QuerySyntax Query, int Line) : Expression(Line);

internal sealed record CaseExpression(Expression? Operand, IReadOnlyList<CaseBranch> Branches, Expression? Otherwise, int Line) : Expression(Line);

internal sealed record CaseBranch(Expression When, Expression Then);

internal sealed record CastExpression(Expression Operand, TypeSyntax Type, bool IsTry, int Line) : Expression(Line);

internal sealed record ExtractExpression(string Field, Expression Operand, int Line) : Expression(Line);

internal sealed record AtTimeZoneExpression(Expression Operand, Expression Zone, int Line) : Expression(Line);

internal sealed record ArrayExpression(IReadOnlyList<Expression> Items, int Line) : Expression(Line);

internal sealed record RowExpression(IReadOnlyList<Expression> Items, int Line) : Expression(Line);

internal sealed record SubscriptExpression(Expression Operand, Expression Index, int Line) : Expression(Line);

internal sealed record FieldExpression(Expression Operand, string Field, int Line) : Expression(Line);

internal sealed record LambdaExpression(IReadOnlyList<string> Parameters, Expression Body, int Line) : Expression(Line);

/// <summary>A function, an aggregate or a window function.</summary>
internal sealed record CallExpression(string Name, IReadOnlyList<Expression> Arguments, int Line) : Expression(Line)
{
    public bool IsDistinct { get; init; }

    public bool IsStar { get; init; }

    public IReadOnlyList<SortItem> OrderBy { get; init; } = [];

    public Expression? Filter { get; init; }

    public bool IgnoresNulls { get; init; }

    public WindowSyntax? Window { get; init; }
}

internal sealed record SortItem(Expression Expression, bool IsDescending, bool? NullsFirst);

/// <summary>What stands behind OVER.</summary>
/// <param name="Name">A window of the WINDOW clause, or <see langword="null"/>.</param>
internal sealed record WindowSyntax(string? Name, IReadOnlyList<Expression> PartitionBy, IReadOnlyList<SortItem> OrderBy, FrameSyntax? Frame);

internal sealed record FrameSyntax(string Unit, FrameBound Start, FrameBound? End);

/// <param name="Offset">With PRECEDING or FOLLOWING; otherwise the bound is all said by its words.</param>
internal sealed record FrameBound(string Words, Expression? Offset);

/// <summary>A type as written: <c>decimal(18,2)</c>, <c>array(row(a integer))</c>, <c>timestamp(6) with time zone</c>.</summary>
internal sealed record TypeSyntax(string Name, IReadOnlyList<int> Numbers, IReadOnlyList<TypeSyntax> Arguments, IReadOnlyList<string?> Fields, int Line);
