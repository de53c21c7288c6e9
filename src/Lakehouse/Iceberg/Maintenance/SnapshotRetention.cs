using Recoup.Lakehouse.Iceberg.Metadata;

namespace Recoup.Lakehouse.Iceberg.Maintenance;

/// <summary>Decides which snapshots and references a table keeps (specification, "Snapshot Retention Policy").</summary>
/// <param name="MaxAge">A snapshot of a branch goes when it is older, unless the branch has an age of its own.</param>
/// <param name="MinToKeep">Snapshots of a branch that stay however old, unless the branch has a number of its own; at least 1.</param>
public sealed record SnapshotRetention(TimeSpan MaxAge, int MinToKeep = 1)
{
    /// <summary>What goes, with the references that are too old themselves.</summary>
    public (IReadOnlyList<long> Snapshots, IReadOnlyList<string> References) Expired(TableMetadata metadata, DateTimeOffset now)
    {
        var nowMs = now.ToUnixTimeMilliseconds();
        var references = metadata.Refs.Where(pair => IsTooOld(pair, metadata, nowMs)).Select(pair => pair.Key).ToArray();
        var kept = new HashSet<long>();
        var reachable = new HashSet<long>();
        foreach (var reference in metadata.Refs.Where(pair => !references.Contains(pair.Key)).Select(pair => pair.Value))
        {
            reachable.UnionWith(metadata.Ancestors(reference.SnapshotId).Select(snapshot => snapshot.SnapshotId));
            kept.UnionWith(Kept(reference, metadata, nowMs));
        }

        var cutoff = nowMs - (long)MaxAge.TotalMilliseconds;
        var expired = metadata.Snapshots.Where(snapshot =>
            !kept.Contains(snapshot.SnapshotId) && (reachable.Contains(snapshot.SnapshotId) || snapshot.TimestampMs < cutoff));
        return ([.. expired.Select(snapshot => snapshot.SnapshotId)], references);
    }

    private static bool IsTooOld(KeyValuePair<string, SnapshotReference> pair, TableMetadata metadata, long nowMs) =>
        pair.Key is not TableMetadata.MainBranch
        && pair.Value.MaxRefAgeMs is { } age
        && metadata.FindSnapshot(pair.Value.SnapshotId) is { } snapshot
        && snapshot.TimestampMs < nowMs - age;

    private IEnumerable<long> Kept(SnapshotReference reference, TableMetadata metadata, long nowMs)
    {
        if (reference.Type is "tag")
        {
            return [reference.SnapshotId];
        }

        var cutoff = nowMs - (reference.MaxSnapshotAgeMs ?? (long)MaxAge.TotalMilliseconds);
        var least = Math.Max(reference.MinSnapshotsToKeep ?? MinToKeep, 1);
        return metadata.Ancestors(reference.SnapshotId)
            .TakeWhile((snapshot, index) => index < least || snapshot.TimestampMs >= cutoff)
            .Select(snapshot => snapshot.SnapshotId);
    }
}
