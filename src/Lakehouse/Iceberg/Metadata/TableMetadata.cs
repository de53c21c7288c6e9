using System.Text.Json.Serialization;
using Recoup.Lakehouse.Iceberg.Partitioning;
using Recoup.Lakehouse.Iceberg.Schemas;

namespace Recoup.Lakehouse.Iceberg.Metadata;

/// <summary>A metadata file: everything that a table is at one commit. It is never changed; a commit writes the next one.</summary>
public sealed record TableMetadata
{
    public const string MainBranch = "main";
    public const int WrittenFormatVersion = 2;

    public int FormatVersion { get; init; } = WrittenFormatVersion;

    public Guid TableUuid { get; init; }

    /// <summary>The folder below which new files are put, without a slash at its end.</summary>
    public required string Location { get; init; }

    public long LastSequenceNumber { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public long LastUpdatedMs { get; init; }

    public int LastColumnId { get; init; }

    public int CurrentSchemaId { get; init; }

    public IReadOnlyList<Schema> Schemas { get; init; } = [];

    public int DefaultSpecId { get; init; }

    public IReadOnlyList<PartitionSpec> PartitionSpecs { get; init; } = [];

    public int LastPartitionId { get; init; } = PartitionSpec.FirstFieldId - 1;

    public int DefaultSortOrderId { get; init; }

    public IReadOnlyList<SortOrder> SortOrders { get; init; } = [];

    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    /// <summary>The head of main; null before the first commit of data, written as -1 because old readers ask for it.</summary>
    [JsonConverter(typeof(SnapshotIdConverter))]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public long? CurrentSnapshotId { get; init; }

    public IReadOnlyDictionary<string, SnapshotReference> Refs { get; init; } = new Dictionary<string, SnapshotReference>();

    public IReadOnlyList<Snapshot> Snapshots { get; init; } = [];

    public IReadOnlyList<StatisticsFile> Statistics { get; init; } = [];

    public IReadOnlyList<PartitionStatisticsFile> PartitionStatistics { get; init; } = [];

    /// <summary>When main moved where; the oldest first.</summary>
    public IReadOnlyList<SnapshotLogEntry> SnapshotLog { get; init; } = [];

    /// <summary>Earlier metadata files; the oldest first.</summary>
    public IReadOnlyList<MetadataLogEntry> MetadataLog { get; init; } = [];

    [JsonIgnore]
    public Schema CurrentSchema => SchemaOf(CurrentSchemaId);

    [JsonIgnore]
    public PartitionSpec DefaultSpec => SpecOf(DefaultSpecId);

    [JsonIgnore]
    public Snapshot? CurrentSnapshot => CurrentSnapshotId is { } id ? SnapshotOf(id) : null;

    public Schema SchemaOf(int schemaId) => Schemas.FirstOrDefault(schema => schema.SchemaId == schemaId)
        ?? throw IcebergException.Invalid($"The table has no schema {schemaId}.");

    public PartitionSpec SpecOf(int specId) => PartitionSpecs.FirstOrDefault(spec => spec.SpecId == specId)
        ?? throw IcebergException.Invalid($"The table has no partition spec {specId}.");

    public Snapshot SnapshotOf(long snapshotId) => FindSnapshot(snapshotId)
        ?? throw IcebergException.Invalid($"The table has no snapshot {snapshotId}: it may have been expired.");

    public Snapshot? FindSnapshot(long snapshotId) => Snapshots.FirstOrDefault(snapshot => snapshot.SnapshotId == snapshotId);

    /// <summary>The snapshot and those before it, the newest first, as far as they have not been expired.</summary>
    public IEnumerable<Snapshot> Ancestors(long? snapshotId)
    {
        for (var snapshot = snapshotId is { } id ? FindSnapshot(id) : null; snapshot is not null;)
        {
            yield return snapshot;
            snapshot = snapshot.ParentSnapshotId is { } parent ? FindSnapshot(parent) : null;
        }
    }

    /// <summary>The type of a column that a partition spec names, also of one that a later schema has dropped.</summary>
    internal PrimitiveType SourceType(int fieldId) =>
        Schemas.OrderByDescending(schema => schema.SchemaId == CurrentSchemaId).ThenByDescending(schema => schema.SchemaId)
            .Select(schema => schema.Find(fieldId)?.Type).OfType<PrimitiveType>().FirstOrDefault()
        ?? throw IcebergException.Unsupported($"a partition field whose column {fieldId} is in no schema of the table");
}

public sealed record SnapshotLogEntry(long TimestampMs, long SnapshotId);

public sealed record MetadataLogEntry(long TimestampMs, string MetadataFile);
