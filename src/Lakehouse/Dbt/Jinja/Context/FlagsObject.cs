namespace Recoup.Lakehouse.Dbt.Jinja.Context;

/// <summary>dbt's <c>flags</c>: one that does not exist is undefined.</summary>
internal sealed class FlagsObject(IReadOnlyDictionary<string, object?> flags) : IJinjaObject
{
    public bool TryGetAttribute(string name, out object? value) => flags.TryGetValue(name, out value);

    public override string ToString() => throw JinjaException.Unsupported("printing 'flags'");
}
