namespace Recoup.Lakehouse.Iceberg.Maintenance;

/// <summary>When files are worth rewriting.</summary>
public sealed record CompactionOptions
{
    /// <summary>Bytes that a new file should have, going by the size of the files that it is made of; 128 MiB.</summary>
    public long TargetFileSize { get; init; } = 128L * 1024 * 1024;

    /// <summary>Files of one partition, of like size and below three quarters of the target, at which they are merged; 5.</summary>
    public int MinInputFiles { get; init; } = 5;

    internal long SmallFileSize => TargetFileSize / 4 * 3;
}

/// <param name="ReplacedFiles">Data files that were rewritten.</param>
/// <param name="NewFiles">Data files in their place.</param>
/// <param name="RemovedDeleteFiles">Delete files that no data file needs any more.</param>
public sealed record CompactedFiles(int ReplacedFiles, int NewFiles, int RemovedDeleteFiles);
