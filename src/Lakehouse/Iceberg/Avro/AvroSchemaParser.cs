using System.Text.Json;

namespace Recoup.Lakehouse.Iceberg.Avro;

/// <summary>Reads a schema from JSON; named types may be used again by name.</summary>
internal sealed class AvroSchemaParser
{
    private readonly Dictionary<string, AvroSchema> named = new(StringComparer.Ordinal);

    public AvroSchema Parse(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => OfName(element.GetString()!),
        JsonValueKind.Array => new AvroUnion([.. element.EnumerateArray().Select(Parse)]),
        JsonValueKind.Object => Complex(element),
        _ => throw IcebergException.Invalid($"'{element.GetRawText()}' is no Avro schema."),
    };

    private AvroSchema OfName(string name) => name switch
    {
        "null" or "boolean" or "int" or "long" or "float" or "double" or "string" or "bytes" => new AvroPrimitive(name),
        _ => named.GetValueOrDefault(name) ?? throw IcebergException.Invalid($"The Avro type '{name}' is used before it is defined."),
    };

    private AvroSchema Complex(JsonElement element)
    {
        var type = element.GetProperty("type");
        if (type.ValueKind is not JsonValueKind.String)
        {
            return Parse(type);
        }

        return type.GetString() switch
        {
            "record" => Named(element, new AvroRecord([.. element.GetProperty("fields").EnumerateArray().Select(Field)])),
            "fixed" => Named(element, new AvroFixed(element.GetProperty("size").GetInt32())),
            "enum" => Named(element, new AvroEnum([.. element.GetProperty("symbols").EnumerateArray().Select(symbol => symbol.GetString()!)])),
            "array" => new AvroArray(Parse(element.GetProperty("items"))),
            "map" => new AvroMap(Parse(element.GetProperty("values"))),
            var name => OfName(name!),
        };
    }

    private AvroSchema Named(JsonElement element, AvroSchema schema) => named[element.GetProperty("name").GetString()!] = schema;

    private AvroField Field(JsonElement element) => new(
        element.GetProperty("name").GetString()!,
        element.TryGetProperty("field-id", out var id) ? id.GetInt32() : null,
        Parse(element.GetProperty("type")));
}
