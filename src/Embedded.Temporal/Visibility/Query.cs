namespace Recoup.Embedded.Temporal.Visibility;

/// <summary>A parsed query: which runs, and whether they are counted by status.</summary>
internal sealed record Query(Condition? Where, string? GroupBy);

internal abstract record Condition;

internal sealed record And(Condition Left, Condition Right) : Condition;

internal sealed record Or(Condition Left, Condition Right) : Condition;

internal sealed record Not(Condition Inner) : Condition;

/// <param name="Operator">One of = != &lt; &lt;= &gt; &gt;= in "not in" between "not between" starts_with "not starts_with" "is null" "is not null".</param>
internal sealed record Comparison(string Column, string Operator, IReadOnlyList<Literal> Values) : Condition;

/// <param name="Value">Text, a number (long or double) or a truth value.</param>
internal sealed record Literal(object Value)
{
    public override string ToString() => Value is string text ? text : Convert.ToString(Value, System.Globalization.CultureInfo.InvariantCulture)!;
}
