namespace Recoup.Lakehouse.Dbt.Jinja;

/// <summary>The names that a template sees before it sets any of its own.</summary>
/// <param name="globals">Asked once for each use of a name, so that a dictionary of the caller's can compute lazily.</param>
internal sealed class JinjaScope(IReadOnlyDictionary<string, object?> globals)
{
    public IReadOnlyDictionary<string, object?> Globals { get; } = globals;
}
