namespace Recoup.Lakehouse.FlinkSql.Syntax;

/// <summary>A node of an expression as it was written; its meaning is the binder's.</summary>
public abstract record Expression(SourcePosition At);

public sealed record TextLiteral(string Text, SourcePosition At) : Expression(At);

public sealed record NumberLiteral(string Digits, SourcePosition At) : Expression(At);

public sealed record BooleanLiteral(bool Value, SourcePosition At) : Expression(At);

public sealed record NullLiteral(SourcePosition At) : Expression(At);

public sealed record BinaryLiteral(string HexDigits, SourcePosition At) : Expression(At);

/// <param name="Kind">DATE, TIME or TIMESTAMP.</param>
public sealed record TemporalLiteral(string Kind, string Text, SourcePosition At) : Expression(At);

/// <param name="To">The smaller unit of a range such as DAY TO SECOND.</param>
public sealed record IntervalLiteral(string Text, bool IsNegative, string From, string? To, SourcePosition At) : Expression(At);

/// <summary>A word that is part of a function's grammar: a time unit, or BOTH in TRIM.</summary>
public sealed record SymbolArgument(string Name, SourcePosition At) : Expression(At);

public sealed record ColumnReference(IReadOnlyList<string> Path, SourcePosition At) : Expression(At);

/// <param name="Name">In upper case; grammar such as <c>FLOOR(x TO DAY)</c> has names of its own (<c>FLOOR_TO</c>).</param>
public sealed record FunctionCall(string Name, IReadOnlyList<Expression> Arguments, SourcePosition At, JsonClauses? Json = null)
    : Expression(At);

public sealed record CastExpression(Expression Operand, TypeName Target, bool IsTry, SourcePosition At) : Expression(At);

public sealed record WhenBranch(Expression Condition, Expression Result);

public sealed record CaseExpression(Expression? Operand, IReadOnlyList<WhenBranch> Branches, Expression? Else, SourcePosition At)
    : Expression(At);

public sealed record UnaryExpression(string Operator, Expression Operand, SourcePosition At) : Expression(At);

public sealed record BinaryExpression(string Operator, Expression Left, Expression Right, SourcePosition At) : Expression(At);

/// <param name="Predicate">NULL, TRUE, FALSE, UNKNOWN, JSON VALUE, JSON OBJECT, JSON ARRAY or JSON SCALAR.</param>
public sealed record IsExpression(Expression Operand, string Predicate, bool IsNegated, SourcePosition At) : Expression(At);

public sealed record DistinctFromExpression(Expression Left, Expression Right, bool IsNegated, SourcePosition At) : Expression(At);

public sealed record BetweenExpression(
    Expression Operand, Expression Low, Expression High, bool IsNegated, bool IsSymmetric, SourcePosition At) : Expression(At);

public sealed record InExpression(Expression Operand, IReadOnlyList<Expression> Values, bool IsNegated, SourcePosition At) : Expression(At);

public sealed record LikeExpression(
    Expression Operand, Expression Pattern, Expression? Escape, bool IsNegated, bool IsSimilar, SourcePosition At) : Expression(At);

public sealed record RowExpression(IReadOnlyList<Expression> Fields, SourcePosition At) : Expression(At);

public sealed record ArrayExpression(IReadOnlyList<Expression> Elements, SourcePosition At) : Expression(At);

public sealed record MapExpression(IReadOnlyList<Expression> KeysAndValues, SourcePosition At) : Expression(At);

public sealed record ElementAccess(Expression Collection, Expression Index, SourcePosition At) : Expression(At);

/// <summary>What JSON_VALUE, JSON_QUERY and JSON_EXISTS carry after the path.</summary>
/// <param name="OnEmpty">NULL, ERROR, DEFAULT, EMPTY ARRAY or EMPTY OBJECT; null where it was not written.</param>
/// <param name="OnError">The same; for JSON_EXISTS TRUE, FALSE, UNKNOWN or ERROR.</param>
/// <param name="Wrapper">WITHOUT, CONDITIONAL or UNCONDITIONAL; for constructors NULL or ABSENT ON NULL.</param>
public sealed record JsonClauses(
    TypeName? Returning, string? OnEmpty, Expression? EmptyDefault, string? OnError, Expression? ErrorDefault, string? Wrapper);
