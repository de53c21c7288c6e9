namespace Recoup.Lakehouse.Dbt.Jinja.Values;

/// <summary>A value of another type that takes Python's operators, such as a date or a duration.</summary>
internal interface IPyNumber : IPyTyped
{
    /// <summary><c>this symbol right</c>; null where the two do not go together.</summary>
    object? Combine(string symbol, object? right);

    /// <summary><c>left symbol this</c>, where left is no such value.</summary>
    object? CombineFromRight(string symbol, object? left);

    object Negate();
}
