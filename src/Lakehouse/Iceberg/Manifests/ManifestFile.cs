namespace Recoup.Lakehouse.Iceberg.Manifests;

public enum ManifestContent
{
    Data,
    Deletes,
}

/// <summary>A manifest as the manifest list tells of it. Counts are null where an old writer left them out.</summary>
public sealed record ManifestFile
{
    public required string Path { get; init; }

    public required long Length { get; init; }

    public int SpecId { get; init; }

    public ManifestContent Content { get; init; }

    public long SequenceNumber { get; init; }

    public long MinSequenceNumber { get; init; }

    public long? AddedSnapshotId { get; init; }

    public int? AddedFilesCount { get; init; }

    public int? ExistingFilesCount { get; init; }

    public int? DeletedFilesCount { get; init; }

    public long? AddedRowsCount { get; init; }

    public long? ExistingRowsCount { get; init; }

    public long? DeletedRowsCount { get; init; }

    /// <summary>The range of each partition field over all files; empty where the writer left it out.</summary>
    public IReadOnlyList<PartitionSummary> Partitions { get; init; } = [];

    public byte[]? KeyMetadata { get; init; }

    public bool HasCounts =>
        (AddedFilesCount, ExistingFilesCount, DeletedFilesCount, AddedRowsCount, ExistingRowsCount, DeletedRowsCount) is (not null, not null, not null, not null, not null, not null);

    /// <summary>Whether it can hold files that are still there; true where the counts are unknown.</summary>
    public bool MayHaveLiveFiles => AddedFilesCount is not 0 || ExistingFilesCount is not 0;
}

/// <param name="ContainsNull">A file may have null here.</param>
/// <param name="ContainsNaN">Null when unknown.</param>
/// <param name="LowerBound">Null when no file has a value.</param>
/// <param name="UpperBound">Null when no file has a value.</param>
public sealed record PartitionSummary(bool ContainsNull, bool? ContainsNaN, byte[]? LowerBound, byte[]? UpperBound);
