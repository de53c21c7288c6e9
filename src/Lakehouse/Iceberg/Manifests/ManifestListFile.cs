using System.Globalization;
using Recoup.Lakehouse.Iceberg.Avro;

namespace Recoup.Lakehouse.Iceberg.Manifests;

/// <summary>Reads and writes manifest lists, the one file that a snapshot names.</summary>
internal static class ManifestListFile
{
    public static IReadOnlyList<ManifestFile> Read(byte[] bytes, string location) => [.. AvroFile.Read(bytes, location).Rows.Select(FromRow)];

    public static byte[] Write(long snapshotId, long? parentId, long sequenceNumber, IReadOnlyCollection<ManifestFile> manifests) => AvroFile.Write(
        ManifestSchemas.ManifestList,
        [
            new("snapshot-id", Text(snapshotId)),
            new("parent-snapshot-id", parentId is { } parent ? Text(parent) : "null"),
            new("sequence-number", Text(sequenceNumber)),
            new("format-version", "2"),
        ],
        [.. manifests.Select(ToRow)]);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static ManifestFile FromRow(AvroRow row) => new()
    {
        Path = row.Required<string>(500),
        Length = row.Required<long>(501),
        SpecId = row.Required<int>(502),
        Content = (ManifestContent)(row[517] as int? ?? 0),
        SequenceNumber = row[515] as long? ?? 0,
        MinSequenceNumber = row[516] as long? ?? 0,
        AddedSnapshotId = row[503] as long?,
        AddedFilesCount = row[504] as int?,
        ExistingFilesCount = row[505] as int?,
        DeletedFilesCount = row[506] as int?,
        AddedRowsCount = row[512] as long?,
        ExistingRowsCount = row[513] as long?,
        DeletedRowsCount = row[514] as long?,
        Partitions = row[507] is List<object?> summaries ? [.. summaries.Cast<AvroRow>().Select(Summary)] : [],
        KeyMetadata = row[519] as byte[],
    };

    private static PartitionSummary Summary(AvroRow row) => new(row.Required<bool>(509), row[518] as bool?, row[510] as byte[], row[511] as byte[]);

    private static object?[] ToRow(ManifestFile manifest) =>
    [
        manifest.Path, manifest.Length, manifest.SpecId, (int)manifest.Content, manifest.SequenceNumber, manifest.MinSequenceNumber, manifest.AddedSnapshotId ?? 0L,
        manifest.AddedFilesCount ?? 0, manifest.ExistingFilesCount ?? 0, manifest.DeletedFilesCount ?? 0,
        manifest.AddedRowsCount ?? 0L, manifest.ExistingRowsCount ?? 0L, manifest.DeletedRowsCount ?? 0L,
        manifest.Partitions.Select(summary => new object?[] { summary.ContainsNull, summary.ContainsNaN, summary.LowerBound, summary.UpperBound }).ToArray(),
        manifest.KeyMetadata,
    ];
}
