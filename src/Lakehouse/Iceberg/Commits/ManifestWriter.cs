using System.Globalization;
using Recoup.Lakehouse.Iceberg.Manifests;
using Recoup.Lakehouse.Iceberg.Partitioning;
using Recoup.Lakehouse.Iceberg.Values;

namespace Recoup.Lakehouse.Iceberg.Commits;

/// <summary>Writes the manifests of one commit. A write is only started: the producer waits for all of them together.</summary>
/// <param name="table">The table, for its specs and storage.</param>
/// <param name="snapshotId">The snapshot that is being made.</param>
/// <param name="prefix">The location that its manifests start with.</param>
/// <param name="attempt">Counts the tries of the commit, so that no name is used twice.</param>
/// <param name="written">Remembers what was written, for later tries and to be cleaned up if the commit fails.</param>
internal sealed class ManifestWriter(Table table, long snapshotId, string prefix, int attempt, WrittenManifests written)
{
    private int count;

    public long SnapshotId => snapshotId;

    /// <summary>The entries of a manifest that this commit wrote; null of any other. They are not read back: their sequence numbers are still open.</summary>
    public IReadOnlyList<ManifestEntry>? Own(ManifestFile manifest) => written.Find(manifest.Path);

    /// <summary>Writes a manifest for each spec and content of the added files; their sequence numbers are left to the manifest list.</summary>
    public IReadOnlyList<ManifestFile> WriteAdded(IEnumerable<DataFile> files, CancellationToken cancellation)
    {
        var manifests = new List<ManifestFile>();
        foreach (var group in files.GroupBy(file => (file.SpecId, Content: ContentOf(file))))
        {
            ManifestEntry[] entries = [.. group.Select(file => new ManifestEntry(EntryStatus.Added, snapshotId, null, null, file))];
            manifests.Add(Write(group.Key.SpecId, group.Key.Content, entries, cancellation));
        }

        return manifests;
    }

    public ManifestFile Write(int specId, ManifestContent content, IReadOnlyList<ManifestEntry> entries, CancellationToken cancellation)
    {
        var spec = table.Metadata.SpecOf(specId);
        var location = string.Create(CultureInfo.InvariantCulture, $"{prefix}-m{attempt}-{count++}.avro");
        var bytes = ManifestEntryFile.Write(table.Schema, spec, content, table.Metadata.SourceType, entries);
        written.Add(location, entries, table.Manifests.Storage.WriteNewAsync(location, bytes, cancellation));
        var manifest = new ManifestFile
        {
            Path = location,
            Length = bytes.Length,
            SpecId = specId,
            Content = content,
            AddedSnapshotId = snapshotId,
            MinSequenceNumber = entries.Where(entry => entry.IsLive).Select(entry => entry.SequenceNumber ?? long.MaxValue).Append(long.MaxValue).Min(),
            Partitions = [.. spec.Fields.Select((field, index) => Summary(field, entries.Select(entry => entry.File.Partition[index])))],
        };
        return Counted(manifest, entries);
    }

    /// <summary>The manifest with the counts of its entries.</summary>
    public static ManifestFile Counted(ManifestFile manifest, IReadOnlyList<ManifestEntry> entries) => manifest with
    {
        AddedFilesCount = Count(entries, EntryStatus.Added),
        ExistingFilesCount = Count(entries, EntryStatus.Existing),
        DeletedFilesCount = Count(entries, EntryStatus.Deleted),
        AddedRowsCount = CountRows(entries, EntryStatus.Added),
        ExistingRowsCount = CountRows(entries, EntryStatus.Existing),
        DeletedRowsCount = CountRows(entries, EntryStatus.Deleted),
    };

    private static ManifestContent ContentOf(DataFile file) => file.Content is FileContent.Data ? ManifestContent.Data : ManifestContent.Deletes;

    private static int Count(IEnumerable<ManifestEntry> entries, EntryStatus status) => entries.Count(entry => entry.Status == status);

    private static long CountRows(IEnumerable<ManifestEntry> entries, EntryStatus status) => entries.Where(entry => entry.Status == status).Sum(entry => entry.File.RecordCount);

    private PartitionSummary Summary(PartitionField field, IEnumerable<object?> all)
    {
        var type = field.Transform.ResultType(table.Metadata.SourceType(field.SourceId));
        var values = all.ToArray();
        var present = values.OfType<object>().Where(value => !ValueOrder.IsNaN(value)).ToArray();
        Array.Sort(present, (left, right) => ValueOrder.Compare(type, left, right));
        return new PartitionSummary(
            values.Any(value => value is null),
            values.Any(value => value is not null && ValueOrder.IsNaN(value)),
            present.Length is 0 ? null : SingleValue.Write(type, present[0]),
            present.Length is 0 ? null : SingleValue.Write(type, present[^1]));
    }
}
