using Recoup.Lakehouse.Dbt.Jinja.Calls;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using static Recoup.Lakehouse.Dbt.Jinja.Calls.Parameter;

namespace Recoup.Lakehouse.Dbt.Jinja.Methods;

/// <summary>The methods of dbt's own dicts, such as <c>context</c>, which templates read only.</summary>
internal static class MappingMethods
{
    public static FunctionTable Table { get; } = new(
        "method",
        [
            new("get", ["_dict", "_key", Optional("_default")], a => a[1] is string key && Self(a).Entries.TryGetValue(key, out var value) ? value : a[2]),
            new("keys", ["_dict"], a => new PyList(Self(a).Entries.Keys)),
        ],
        "values",
        "items",
        "pop",
        "popitem",
        "setdefault",
        "copy",
        "clear",
        "update");

    private static JinjaMapping Self(object?[] arguments) => (JinjaMapping)arguments[0]!;
}
