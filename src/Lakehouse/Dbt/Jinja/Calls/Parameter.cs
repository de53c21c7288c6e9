namespace Recoup.Lakehouse.Dbt.Jinja.Calls;

/// <summary>One parameter of a built-in function; a plain string is one that must be given.</summary>
/// <param name="Name">One that starts with an underscore is Python's positional-only kind.</param>
internal sealed record Parameter(string Name, bool IsRequired, object? Default)
{
    public static implicit operator Parameter(string name) => new(name, true, null);

    /// <summary>A parameter that may be left out.</summary>
    public static Parameter Optional(string name, object? otherwise = null) => new(name, false, otherwise);
}
