using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Recoup.Lakehouse.Iceberg.Partitioning;
using Recoup.Lakehouse.Iceberg.Schemas;

namespace Recoup.Lakehouse.Iceberg.Manifests;

/// <summary>
/// The Avro schemas of manifest lists and manifests, field ids included (specification, "Manifests"). They are written out here because Avro
/// libraries drop the <c>logicalType: map</c> of the arrays of pairs, which readers in Java and Python need.
/// </summary>
internal static class ManifestSchemas
{
    public static string ManifestList { get; } = Record("manifest_file",
        Field("manifest_path", 500, "string"),
        Field("manifest_length", 501, "long"),
        Field("partition_spec_id", 502, "int"),
        Field("content", 517, "int"),
        Field("sequence_number", 515, "long"),
        Field("min_sequence_number", 516, "long"),
        Field("added_snapshot_id", 503, "long"),
        Field("added_files_count", 504, "int"),
        Field("existing_files_count", 505, "int"),
        Field("deleted_files_count", 506, "int"),
        Field("added_rows_count", 512, "long"),
        Field("existing_rows_count", 513, "long"),
        Field("deleted_rows_count", 514, "long"),
        Optional("partitions", 507, List(508, Record("r508",
            Field("contains_null", 509, "boolean"),
            Optional("contains_nan", 518, "boolean"),
            Optional("lower_bound", 510, "bytes"),
            Optional("upper_bound", 511, "bytes")))),
        Optional("key_metadata", 519, "bytes")).ToJsonString();

    /// <summary>The schema of a manifest; the partition tuple follows the spec.</summary>
    public static string Manifest(PartitionSpec spec, Func<int, PrimitiveType> sourceType) => Record("manifest_entry",
        Field("status", 0, "int"),
        Optional("snapshot_id", 1, "long"),
        Optional("sequence_number", 3, "long"),
        Optional("file_sequence_number", 4, "long"),
        Field("data_file", 2, Record("r2",
            Field("content", 134, "int"),
            Field("file_path", 100, "string"),
            Field("file_format", 101, "string"),
            Field("partition", 102, Record("r102", [.. spec.Fields.Select(field => PartitionField(field, sourceType(field.SourceId)))])),
            Field("record_count", 103, "long"),
            Field("file_size_in_bytes", 104, "long"),
            Map("column_sizes", 108, 117, 118, "long"),
            Map("value_counts", 109, 119, 120, "long"),
            Map("null_value_counts", 110, 121, 122, "long"),
            Map("nan_value_counts", 137, 138, 139, "long"),
            Map("lower_bounds", 125, 126, 127, "bytes"),
            Map("upper_bounds", 128, 129, 130, "bytes"),
            Optional("key_metadata", 131, "bytes"),
            Optional("split_offsets", 132, List(133, "long")),
            Optional("equality_ids", 135, List(136, "int")),
            Optional("sort_order_id", 140, "int"),
            Optional("referenced_data_file", 143, "string")))).ToJsonString();

    private static JsonObject PartitionField(PartitionField field, PrimitiveType source)
    {
        var avroName = Sanitise(field.Name);
        var column = Optional(avroName, field.FieldId!.Value, PartitionType(field.Transform.ResultType(source)));
        if (avroName != field.Name)
        {
            column["iceberg-field-name"] = field.Name;
        }

        return column;
    }

    private static JsonNode PartitionType(PrimitiveType type) => type.Kind switch
    {
        PrimitiveKind.Boolean or PrimitiveKind.Int or PrimitiveKind.Long or PrimitiveKind.Float or PrimitiveKind.Double or PrimitiveKind.String =>
            type.ToString(),
        PrimitiveKind.Binary => "bytes",
        PrimitiveKind.Date => Logical("int", "date"),
        PrimitiveKind.Time => Logical("long", "time-micros"),
        PrimitiveKind.Timestamp => Timestamp(adjustToUtc: false),
        PrimitiveKind.Timestamptz => Timestamp(adjustToUtc: true),
        PrimitiveKind.Uuid => Fixed("uuid_fixed", 16, "uuid"),
        PrimitiveKind.Fixed => Fixed(Invariant($"fixed_{type.Length}"), type.Length, null),
        _ => Decimal(type),
    };

    private static JsonObject Decimal(PrimitiveType type)
    {
        var avro = Fixed(Invariant($"decimal_{type.Precision}_{type.Scale}"), DecimalBytes.Length(type.Precision), "decimal");
        avro["precision"] = type.Precision;
        avro["scale"] = type.Scale;
        return avro;
    }

    private static JsonObject Timestamp(bool adjustToUtc)
    {
        var avro = Logical("long", "timestamp-micros");
        avro["adjust-to-utc"] = adjustToUtc;
        return avro;
    }

    private static JsonObject Logical(string type, string logical) => new() { ["type"] = type, ["logicalType"] = logical };

    private static JsonObject Fixed(string name, int size, string? logical)
    {
        var avro = new JsonObject { ["type"] = "fixed", ["name"] = name, ["size"] = size };
        if (logical is not null)
        {
            avro["logicalType"] = logical;
        }

        return avro;
    }

    private static JsonObject Record(string name, params JsonNode[] fields) =>
        new() { ["type"] = "record", ["name"] = name, ["fields"] = new JsonArray(fields) };

    private static JsonObject Field(string name, int id, JsonNode type) => new() { ["name"] = name, ["type"] = type, ["field-id"] = id };

    private static JsonObject Optional(string name, int id, JsonNode type) =>
        new() { ["name"] = name, ["type"] = new JsonArray("null", type), ["default"] = null, ["field-id"] = id };

    private static JsonObject List(int elementId, JsonNode items) => new() { ["type"] = "array", ["items"] = items, ["element-id"] = elementId };

    private static JsonObject Map(string name, int id, int keyId, int valueId, string valueType) => Optional(name, id, new JsonObject
    {
        ["type"] = "array",
        ["items"] = Record(Invariant($"k{keyId}_v{valueId}"), Field("key", keyId, "int"), Field("value", valueId, valueType)),
        ["logicalType"] = "map",
    });

    /// <summary>Avro names are letters, digits and underscores; anything else becomes <c>_x</c> and its code in hexadecimal digits.</summary>
    private static string Sanitise(string name)
    {
        var text = new StringBuilder();
        foreach (var character in name)
        {
            if (char.IsAsciiLetter(character) || character is '_' || (char.IsAsciiDigit(character) && text.Length > 0))
            {
                text.Append(character);
            }
            else
            {
                text.Append(char.IsAsciiDigit(character) ? $"_{character}" : Invariant($"_x{(int)character:X}"));
            }
        }

        return text.ToString();
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
