using System.Globalization;

namespace Recoup.Lakehouse.Iceberg.Metadata;

/// <summary>What a table remembers of its past: earlier metadata files, and where main has been.</summary>
internal static class MetadataHistory
{
    private const int DefaultKept = 100;

    public static TableMetadata Append(TableMetadata metadata, long previousMs, string previousLocation)
    {
        MetadataLogEntry[] log = [.. metadata.MetadataLog, new MetadataLogEntry(previousMs, previousLocation)];
        return metadata with { MetadataLog = [.. log.TakeLast(Kept(metadata))] };
    }

    public static TableMetadata WithoutSnapshots(TableMetadata metadata, HashSet<long> ids)
    {
        var refs = metadata.Refs.Where(pair => !ids.Contains(pair.Value.SnapshotId)).ToDictionary();

        // Time travel by the log would be wrong before a gap, so what lies before one goes too (specification, "snapshot-log").
        var log = metadata.SnapshotLog.Reverse().TakeWhile(entry => !ids.Contains(entry.SnapshotId)).Reverse();
        return metadata with
        {
            Snapshots = [.. metadata.Snapshots.Where(snapshot => !ids.Contains(snapshot.SnapshotId))],
            Refs = refs,
            CurrentSnapshotId = refs.GetValueOrDefault(TableMetadata.MainBranch)?.SnapshotId,
            SnapshotLog = [.. log],
            Statistics = [.. metadata.Statistics.Where(file => !ids.Contains(file.SnapshotId))],
            PartitionStatistics = [.. metadata.PartitionStatistics.Where(file => !ids.Contains(file.SnapshotId))],
        };
    }

    private static int Kept(TableMetadata metadata) =>
        int.TryParse(metadata.Properties.GetValueOrDefault(TableProperties.PreviousMetadataFiles), CultureInfo.InvariantCulture, out var kept) && kept > 0
            ? kept
            : DefaultKept;
}
