namespace Recoup.Lakehouse.Iceberg.Manifests;

public enum FileContent
{
    Data,
    PositionDeletes,
    EqualityDeletes,
}

/// <summary>A data or delete file with what is known of its rows. Bounds are single values in bytes, by field id.</summary>
public sealed record DataFile
{
    private static readonly Dictionary<int, long> NoCounts = [];
    private static readonly Dictionary<int, byte[]> NoBounds = [];

    public FileContent Content { get; init; }

    /// <summary>The full location.</summary>
    public required string FilePath { get; init; }

    /// <summary>As written; compare without regard to case.</summary>
    public string FileFormat { get; init; } = "PARQUET";

    /// <summary>The spec under which <see cref="Partition"/> is read.</summary>
    public int SpecId { get; init; }

    /// <summary>A value for each field of the spec; see <see cref="Values.SingleValue"/> for their types.</summary>
    public IReadOnlyList<object?> Partition { get; init; } = [];

    public required long RecordCount { get; init; }

    public required long FileSizeInBytes { get; init; }

    public IReadOnlyDictionary<int, long> ColumnSizes { get; init; } = NoCounts;

    /// <summary>Values including nulls and NaNs.</summary>
    public IReadOnlyDictionary<int, long> ValueCounts { get; init; } = NoCounts;

    public IReadOnlyDictionary<int, long> NullValueCounts { get; init; } = NoCounts;

    public IReadOnlyDictionary<int, long> NanValueCounts { get; init; } = NoCounts;

    public IReadOnlyDictionary<int, byte[]> LowerBounds { get; init; } = NoBounds;

    public IReadOnlyDictionary<int, byte[]> UpperBounds { get; init; } = NoBounds;

    public byte[]? KeyMetadata { get; init; }

    public IReadOnlyList<long>? SplitOffsets { get; init; }

    public IReadOnlyList<int>? EqualityIds { get; init; }

    public int? SortOrderId { get; init; }

    /// <summary>Of a position delete file: the only data file that it speaks of, where the writer said so.</summary>
    public string? ReferencedDataFile { get; init; }

    public bool IsParquet => string.Equals(FileFormat, "parquet", StringComparison.OrdinalIgnoreCase);
}

public enum EntryStatus
{
    Existing,
    Added,
    Deleted,
}

/// <summary>A file in a manifest. Sequence numbers are null until the commit that adds it gives them; readers then inherit the manifest's.</summary>
/// <param name="Status">Whether this snapshot added or deleted the file, or found it.</param>
/// <param name="SnapshotId">The snapshot that added it, or deleted it.</param>
/// <param name="SequenceNumber">Age of the data: position deletes with at least this number apply.</param>
/// <param name="FileSequenceNumber">Age of the file.</param>
/// <param name="File">The file.</param>
public sealed record ManifestEntry(EntryStatus Status, long? SnapshotId, long? SequenceNumber, long? FileSequenceNumber, DataFile File)
{
    public bool IsLive => Status is not EntryStatus.Deleted;
}
