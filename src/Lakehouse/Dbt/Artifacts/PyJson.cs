using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Artifacts;

/// <summary>Values of templates as JSON.</summary>
internal static class PyJson
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(PyDict root) => Of(root)!.ToJsonString(Options);

    public static JsonNode? Of(object? value) => value switch
    {
        null => null,
        bool flag => JsonValue.Create(flag),
        long number => JsonValue.Create(number),
        double number when double.IsFinite(number) => JsonValue.Create(number),
        BigInteger number => JsonNode.Parse(number.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        PyDict dictionary => new JsonObject(dictionary.Select(entry => KeyValuePair.Create(entry.KeyText(), Of(entry.Value)))),
        PyList list => new JsonArray([.. list.Select(Of)]),
        PyTuple tuple => new JsonArray([.. tuple.Items.Select(Of)]),
        _ => JsonValue.Create(PyValue.Text(value)),
    };
}
