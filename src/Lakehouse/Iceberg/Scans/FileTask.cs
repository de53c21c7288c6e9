using Recoup.Lakehouse.Iceberg.Manifests;

namespace Recoup.Lakehouse.Iceberg.Scans;

/// <summary>A data file to read, and the position delete files that may take rows from it.</summary>
public sealed record FileTask(ManifestEntry Entry, IReadOnlyList<ManifestEntry> Deletes)
{
    public DataFile File => Entry.File;
}
