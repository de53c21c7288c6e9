using System.Text.Json;
using Recoup.Lakehouse.Iceberg.Caching;

namespace Recoup.Lakehouse.Iceberg.Avro;

/// <summary>The part of an Avro schema that manifests use. Field ids are kept: readers of Iceberg find fields by them.</summary>
internal abstract record AvroSchema
{
    private const int Kept = 64;
    private static readonly BoundedCache<AvroSchema> Cache = new(Kept);

    /// <summary>Parses a schema; a table's manifests all have the same few.</summary>
    public static AvroSchema Parse(string json)
    {
        if (Cache.Find(json) is { } known)
        {
            return known;
        }

        using var document = JsonDocument.Parse(json);
        return Cache.Keep(json, new AvroSchemaParser().Parse(document.RootElement));
    }
}

/// <param name="Name">null, boolean, int, long, float, double, string or bytes.</param>
internal sealed record AvroPrimitive(string Name) : AvroSchema;

internal sealed record AvroFixed(int Size) : AvroSchema;

internal sealed record AvroEnum(IReadOnlyList<string> Symbols) : AvroSchema;

internal sealed record AvroArray(AvroSchema Items) : AvroSchema;

internal sealed record AvroMap(AvroSchema Values) : AvroSchema;

internal sealed record AvroUnion(IReadOnlyList<AvroSchema> Branches) : AvroSchema;

internal sealed record AvroField(string Name, int? FieldId, AvroSchema Schema);

internal sealed record AvroRecord(IReadOnlyList<AvroField> Fields) : AvroSchema
{
    private Dictionary<int, int>? byId;

    /// <summary>The place of the field with this id, or -1 where the writer left it out.</summary>
    public int IndexOf(int fieldId) => (byId ??= Index()).GetValueOrDefault(fieldId, -1);

    private Dictionary<int, int> Index() => Fields
        .Select((field, index) => (field.FieldId, index))
        .Where(pair => pair.FieldId is not null)
        .ToDictionary(pair => pair.FieldId!.Value, pair => pair.index);
}

/// <summary>A decoded record: its values in the order of the writer's fields.</summary>
internal sealed record AvroRow(AvroRecord Schema, object?[] Values)
{
    public object? this[int fieldId] => Schema.IndexOf(fieldId) is >= 0 and var index ? Values[index] : null;

    public T Required<T>(int fieldId) => this[fieldId] is T value
        ? value
        : throw IcebergException.Invalid($"A manifest lacks the required field {fieldId}.");
}
