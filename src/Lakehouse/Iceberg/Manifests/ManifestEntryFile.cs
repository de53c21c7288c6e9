using System.Globalization;
using System.Text.Json;
using Recoup.Lakehouse.Iceberg.Avro;
using Recoup.Lakehouse.Iceberg.Metadata;
using Recoup.Lakehouse.Iceberg.Partitioning;
using Recoup.Lakehouse.Iceberg.Schemas;

namespace Recoup.Lakehouse.Iceberg.Manifests;

/// <summary>Reads and writes manifests: the files of one partition spec, with their statistics.</summary>
internal static class ManifestEntryFile
{
    /// <summary>Reads the entries; what the writer left to the commit (snapshot id, sequence numbers) comes from the manifest list.</summary>
    public static IReadOnlyList<ManifestEntry> Read(byte[] bytes, ManifestFile manifest, PartitionSpec spec, Func<int, PrimitiveType> sourceType) =>
        [.. AvroFile.Read(bytes, manifest.Path).Rows.Select(row => Entry(row, manifest, spec, sourceType))];

    public static byte[] Write(Schema schema, PartitionSpec spec, ManifestContent content, Func<int, PrimitiveType> sourceType, IReadOnlyCollection<ManifestEntry> entries) =>
        AvroFile.Write(
            ManifestSchemas.Manifest(spec, sourceType),
            [
                new("schema", JsonSerializer.Serialize(schema, MetadataJson.Options)),
                new("schema-id", schema.SchemaId.ToString(CultureInfo.InvariantCulture)),
                new("partition-spec", JsonSerializer.Serialize(spec.Fields, MetadataJson.Options)),
                new("partition-spec-id", spec.SpecId.ToString(CultureInfo.InvariantCulture)),
                new("format-version", "2"),
                new("content", content is ManifestContent.Data ? "data" : "deletes"),
            ],
            [.. entries.Select(entry => Row(entry, spec, sourceType))]);

    private static ManifestEntry Entry(AvroRow row, ManifestFile manifest, PartitionSpec spec, Func<int, PrimitiveType> sourceType)
    {
        var status = (EntryStatus)row.Required<int>(0);
        var file = File(row.Required<AvroRow>(2), spec, sourceType);

        // Only files that this manifest's own commit added may leave their numbers out (specification, "Sequence Number Inheritance").
        var inherited = status is EntryStatus.Added ? manifest.SequenceNumber : 0;
        return new ManifestEntry(status, row[1] as long? ?? manifest.AddedSnapshotId, row[3] as long? ?? inherited, row[4] as long? ?? inherited, file);
    }

    private static DataFile File(AvroRow row, PartitionSpec spec, Func<int, PrimitiveType> sourceType) => new()
    {
        Content = (FileContent)(row[134] as int? ?? 0),
        FilePath = row.Required<string>(100),
        FileFormat = row.Required<string>(101),
        SpecId = spec.SpecId,
        Partition = PartitionValues.FromAvro(row.Required<AvroRow>(102), spec, sourceType),
        RecordCount = row.Required<long>(103),
        FileSizeInBytes = row.Required<long>(104),
        ColumnSizes = Map<long>(row[108], 117, 118),
        ValueCounts = Map<long>(row[109], 119, 120),
        NullValueCounts = Map<long>(row[110], 121, 122),
        NanValueCounts = Map<long>(row[137], 138, 139),
        LowerBounds = Map<byte[]>(row[125], 126, 127),
        UpperBounds = Map<byte[]>(row[128], 129, 130),
        KeyMetadata = row[131] as byte[],
        SplitOffsets = (row[132] as List<object?>)?.Cast<long>().ToArray(),
        EqualityIds = (row[135] as List<object?>)?.Select(id => Convert.ToInt32(id, CultureInfo.InvariantCulture)).ToArray(),
        SortOrderId = row[140] as int?,
        ReferencedDataFile = row[143] as string,
    };

    private static Dictionary<int, T> Map<T>(object? pairs, int keyId, int valueId) => pairs is List<object?> rows
        ? rows.Cast<AvroRow>().ToDictionary(pair => pair.Required<int>(keyId), pair => pair.Required<T>(valueId))
        : [];

    private static object?[] Row(ManifestEntry entry, PartitionSpec spec, Func<int, PrimitiveType> sourceType)
    {
        var file = entry.File;
        return
        [
            (int)entry.Status, entry.SnapshotId, entry.SequenceNumber, entry.FileSequenceNumber,
            new object?[]
            {
                (int)file.Content, file.FilePath, file.FileFormat, PartitionValues.ToAvro(file.Partition, spec, sourceType), file.RecordCount, file.FileSizeInBytes,
                Pairs(file.ColumnSizes), Pairs(file.ValueCounts), Pairs(file.NullValueCounts), Pairs(file.NanValueCounts), Pairs(file.LowerBounds), Pairs(file.UpperBounds),
                file.KeyMetadata, file.SplitOffsets?.ToArray(), file.EqualityIds?.ToArray(), file.SortOrderId, file.ReferencedDataFile,
            },
        ];
    }

    private static object?[][]? Pairs<T>(IReadOnlyDictionary<int, T> map) =>
        map.Count is 0 ? null : [.. map.OrderBy(pair => pair.Key).Select(pair => new object?[] { pair.Key, pair.Value })];
}
