using System.Collections;
using System.Globalization;
using System.Text.Json;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Projects;

/// <summary>Values of C# callers as values of templates.</summary>
internal static class PlainValue
{
    public static object? Of(object? value) => value switch
    {
        null or bool or long or double or string or System.Numerics.BigInteger or PyDict or PyList or PyTuple => value,
        int or short or byte => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        decimal or float => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        JsonElement json => OfJson(json),
        IDictionary dictionary => new PyDict(dictionary.Keys.Cast<object>().Select(key => KeyValuePair.Create<object?, object?>(Of(key), Of(dictionary[key])))),
        IEnumerable<KeyValuePair<string, object?>> entries => new PyDict(entries.Select(entry => KeyValuePair.Create<object?, object?>(entry.Key, Of(entry.Value)))),
        IEnumerable items => new PyList(items.Cast<object?>().Select(Of)),
        _ => throw new ArgumentException($"A value of type {value.GetType()} cannot be a var: give text, numbers, truth values, lists and dictionaries."),
    };

    private static object? OfJson(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => new PyDict(json.EnumerateObject().Select(property => KeyValuePair.Create<object?, object?>(property.Name, OfJson(property.Value)))),
        JsonValueKind.Array => new PyList(json.EnumerateArray().Select(OfJson)),
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => json.TryGetInt64(out var whole) ? whole : json.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };
}
