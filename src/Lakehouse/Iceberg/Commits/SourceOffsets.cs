using System.Text.Json;
using Recoup.Lakehouse.Iceberg.Metadata;

namespace Recoup.Lakehouse.Iceberg.Commits;

/// <summary>
/// How far a log has been read into a table: for each topic and partition the offset of the next record. They are committed with the rows, in the
/// snapshot's summary and, mirrored, in the table's properties, so that each record is in the table exactly once.
/// </summary>
public sealed record SourceOffsets
{
    /// <summary>The key in summaries and properties; its value is <c>{"topic":{"partition":offset}}</c>.</summary>
    public const string Key = "recoup.offsets";

    public static SourceOffsets None { get; } = new([]);

    private readonly SortedDictionary<(string Topic, int Partition), long> next;

    private SourceOffsets(IEnumerable<KeyValuePair<(string Topic, int Partition), long>> offsets) => next = new(offsets.ToDictionary());

    public IReadOnlyDictionary<(string Topic, int Partition), long> Next => next;

    /// <summary>The offset of the next record of a partition; null when none was read.</summary>
    public long? this[string topic, int partition] => next.TryGetValue((topic, partition), out var offset) ? offset : null;

    /// <summary>
    /// The offsets of a table's current state. A commit of somebody else hides the summary, so its ancestors are asked in turn: after a rollback the
    /// older summary is the right one. The property counts only when every snapshot that could tell has been expired.
    /// </summary>
    public static SourceOffsets Of(TableMetadata metadata)
    {
        var texts = metadata.Ancestors(metadata.CurrentSnapshotId).Select(snapshot => snapshot.Summary.GetValueOrDefault(Key));
        return (texts.FirstOrDefault(text => text is not null) ?? metadata.Properties.GetValueOrDefault(Key)) is { } found ? Parse(found) : None;
    }

    public static SourceOffsets Parse(string json)
    {
        try
        {
            return new(JsonSerializer.Deserialize<Dictionary<string, Dictionary<int, long>>>(json)!
                .SelectMany(topic => topic.Value.Select(partition => KeyValuePair.Create((topic.Key, partition.Key), partition.Value))));
        }
        catch (JsonException exception)
        {
            throw IcebergException.Invalid($"'{json}' holds no offsets: {{\"topic\":{{\"0\":42}}}} is expected.", exception);
        }
    }

    public SourceOffsets With(string topic, int partition, long nextOffset) => new(new Dictionary<(string, int), long>(next) { [(topic, partition)] = nextOffset });

    /// <summary>These offsets, with those of <paramref name="later"/> in their place where it has any.</summary>
    public SourceOffsets Merge(SourceOffsets later) => later.next.Aggregate(this, (merged, pair) => merged.With(pair.Key.Topic, pair.Key.Partition, pair.Value));

    public bool Equals(SourceOffsets? other) => other is not null && next.SequenceEqual(other.next);

    public override int GetHashCode() => next.Aggregate(0, (hash, pair) => HashCode.Combine(hash, pair));

    public override string ToString() => JsonSerializer.Serialize(next
        .GroupBy(pair => pair.Key.Topic)
        .ToDictionary(topic => topic.Key, topic => topic.ToDictionary(pair => pair.Key.Partition, pair => pair.Value)));
}
