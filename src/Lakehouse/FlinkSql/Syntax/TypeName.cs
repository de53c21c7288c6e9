namespace Recoup.Lakehouse.FlinkSql.Syntax;

/// <summary>A type as it was written, such as <c>DECIMAL(18, 2)</c> or <c>ARRAY&lt;STRING&gt;</c>.</summary>
/// <param name="Name">In upper case, words joined by one blank: <c>TIMESTAMP WITH LOCAL TIME ZONE</c>.</param>
/// <param name="Parameters">The numbers in parentheses.</param>
/// <param name="Elements">The types in angle brackets; the fields of a ROW have names.</param>
public sealed record TypeName(
    string Name, IReadOnlyList<int> Parameters, IReadOnlyList<TypeField> Elements, bool IsNotNull, SourcePosition At);

public sealed record TypeField(string? Name, TypeName Type);
