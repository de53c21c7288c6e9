namespace Recoup.Lakehouse.Dbt.Jinja.Values;

/// <summary>A dictionary of the caller's, seen as a dict that cannot be changed: <c>context</c>, <c>builtins</c>, <c>modules</c>.</summary>
internal sealed class JinjaMapping(IReadOnlyDictionary<string, object?> entries) : IPyTyped
{
    public IReadOnlyDictionary<string, object?> Entries { get; } = entries;

    public string TypeName => "dict";

    public override string ToString() => throw JinjaException.Unsupported("printing a dict of dbt's own");
}
