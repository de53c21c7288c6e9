using System.Text.Json;
using System.Text.Json.Serialization;

namespace Recoup.Lakehouse.Iceberg.Schemas;

/// <summary>Types as JSON: a primitive is its text, a nested type an object that names its kind in <c>type</c>.</summary>
internal sealed class TypeJsonConverter : JsonConverter<IcebergType>
{
    public override IcebergType Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.String)
        {
            return TypeText.Parse(reader.GetString()!);
        }

        using var document = JsonDocument.ParseValue(ref reader);
        return Nested(document.RootElement, options);
    }

    public override void Write(Utf8JsonWriter writer, IcebergType value, JsonSerializerOptions options)
    {
        switch (value)
        {
            case PrimitiveType primitive:
                writer.WriteStringValue(TypeText.Write(primitive));
                break;
            case StructType structure:
                JsonSerializer.Serialize(writer, new StructJson("struct", structure.Fields), options);
                break;
            case ListType list:
                JsonSerializer.Serialize(writer, new ListJson("list", list.ElementId, list.Element, list.ElementRequired), options);
                break;
            case MapType map:
                JsonSerializer.Serialize(writer, new MapJson("map", map.KeyId, map.Key, map.ValueId, map.Value, map.ValueRequired), options);
                break;
            default:
                throw new NotSupportedException($"{value.GetType().Name} has no JSON form.");
        }
    }

    private static IcebergType Nested(JsonElement element, JsonSerializerOptions options)
    {
        var kind = element.ValueKind is JsonValueKind.Object && element.TryGetProperty("type", out var type) ? type.GetString() : null;
        switch (kind)
        {
            case "struct":
                return new StructType(element.Deserialize<StructJson>(options)!.Fields);
            case "list":
                var list = element.Deserialize<ListJson>(options)!;
                return new ListType(list.ElementId, list.Element, list.ElementRequired);
            case "map":
                var map = element.Deserialize<MapJson>(options)!;
                return new MapType(map.KeyId, map.Key, map.ValueId, map.Value, map.ValueRequired);
            default:
                throw IcebergException.Invalid($"'{kind}' is no nested type: struct, list or map is expected.");
        }
    }

    private sealed record StructJson(string Type, [property: JsonRequired] IReadOnlyList<NestedField> Fields);

    private sealed record ListJson(
        string Type, [property: JsonRequired] int ElementId, [property: JsonRequired] IcebergType Element, [property: JsonRequired] bool ElementRequired);

    private sealed record MapJson(
        string Type,
        [property: JsonRequired] int KeyId,
        [property: JsonRequired] IcebergType Key,
        [property: JsonRequired] int ValueId,
        [property: JsonRequired] IcebergType Value,
        [property: JsonRequired] bool ValueRequired);
}
