using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Json;

/// <summary>Python's <c>json.loads</c>, but for NaN and Infinity.</summary>
internal static class JsonReader
{
    /// <summary>False where the text is no JSON.</summary>
    public static bool TryRead(string text, out object? value)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 900 });
            value = Value(document.RootElement);
            return true;
        }
        catch (JsonException)
        {
            value = null;
            return text.Contains("NaN", StringComparison.Ordinal) || text.Contains("Infinity", StringComparison.Ordinal)
                ? throw JinjaException.Unsupported("NaN or Infinity in JSON")
                : false;
        }
    }

    private static object? Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new PyDict(element.EnumerateObject().Select(item => KeyValuePair.Create((object?)item.Name, Value(item.Value)))),
        JsonValueKind.Array => new PyList(element.EnumerateArray().Select(Value)),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => Number(element.GetRawText()),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static object Number(string text) => text.IndexOfAny(['.', 'e', 'E']) < 0
        ? PyInt.Normal(BigInteger.Parse(text, CultureInfo.InvariantCulture))
        : double.Parse(text, CultureInfo.InvariantCulture);
}
