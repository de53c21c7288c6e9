using Recoup.Lakehouse.Dbt.Jinja;

namespace Recoup.Lakehouse.Dbt.Context;

/// <summary>An object whose members are found by name.</summary>
/// <param name="find">The member; <see langword="null"/> where there is none.</param>
internal sealed class ContextObject(Func<string, object?> find) : IJinjaObject
{
    public bool TryGetAttribute(string name, out object? value) => (value = find(name)) is not null;
}
