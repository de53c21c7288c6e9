using System.Globalization;
using Recoup.Lakehouse.Iceberg.Manifests;
using Recoup.Lakehouse.Iceberg.Metadata;

namespace Recoup.Lakehouse.Iceberg.Commits;

/// <summary>Counts what a snapshot does, under the keys that other engines use.</summary>
internal sealed class SnapshotSummary(string operation, IReadOnlyDictionary<string, string>? parent, TableMetadata metadata)
{
    private readonly SortedDictionary<string, long> counts = new(StringComparer.Ordinal);
    private readonly HashSet<string> partitions = [];

    public void Add(IEnumerable<DataFile> files)
    {
        foreach (var file in files)
        {
            Count("added-files-size", file.FileSizeInBytes);
            if (file.Content is FileContent.Data)
            {
                Count("added-data-files", 1);
                Count("added-records", file.RecordCount);
            }
            else
            {
                Count("added-delete-files", 1);
                Count("added-position-delete-files", 1);
                Count("added-position-deletes", file.RecordCount);
            }

            partitions.Add(PartitionKey.Of(file));
        }
    }

    public void Remove(IEnumerable<DataFile> files)
    {
        foreach (var file in files)
        {
            Count("removed-files-size", file.FileSizeInBytes);
            if (file.Content is FileContent.Data)
            {
                Count("deleted-data-files", 1);
                Count("deleted-records", file.RecordCount);
            }
            else
            {
                var kind = file.Content is FileContent.PositionDeletes ? "position" : "equality";
                Count("removed-delete-files", 1);
                Count($"removed-{kind}-delete-files", 1);
                Count($"removed-{kind}-deletes", file.RecordCount);
            }

            partitions.Add(PartitionKey.Of(file));
        }
    }

    public Dictionary<string, string> ToDictionary(IReadOnlyDictionary<string, string> extra)
    {
        var summary = new Dictionary<string, string> { ["operation"] = operation };
        foreach (var (key, value) in counts)
        {
            summary[key] = Text(value);
        }

        summary["changed-partition-count"] = Text(partitions.Count);
        Total(summary, "total-records", "added-records", "deleted-records");
        Total(summary, "total-files-size", "added-files-size", "removed-files-size");
        Total(summary, "total-data-files", "added-data-files", "deleted-data-files");
        Total(summary, "total-delete-files", "added-delete-files", "removed-delete-files");
        Total(summary, "total-position-deletes", "added-position-deletes", "removed-position-deletes");
        Total(summary, "total-equality-deletes", "added-equality-deletes", "removed-equality-deletes");
        summary["engine-name"] = "recoup";
        foreach (var (key, value) in extra)
        {
            summary[key] = value;
        }

        return summary;
    }

    private void Count(string key, long number) => counts[key] = counts.GetValueOrDefault(key) + number;

    /// <summary>A total goes on from the parent's; where the parent has none, it is not known and left out.</summary>
    private void Total(Dictionary<string, string> summary, string key, string addedKey, string removedKey)
    {
        var before = parent is null && metadata.CurrentSnapshotId is null ? 0
            : long.TryParse(parent?.GetValueOrDefault(key), CultureInfo.InvariantCulture, out var known) ? known : (long?)null;
        if (before + counts.GetValueOrDefault(addedKey) - counts.GetValueOrDefault(removedKey) is { } total)
        {
            summary[key] = Text(total);
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
