using System.Globalization;
using System.Text.Json;
using Confluent.Kafka;
using Recoup.Client.Queries;
using Recoup.Silo.Lake.Quarantine;

namespace Recoup.Platform.Bench.Checks;

/// <summary>Which records of the log stand in which tables, asked over HTTP.</summary>
internal sealed class LakePositions(LakeQuery queries)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>Records before these ends that stand in no table, going by the last one of each partition that does.</summary>
    public async Task<long> ReadLagAsync(IReadOnlyDictionary<TopicPartition, long> ends, CancellationToken cancellationToken)
    {
        var lag = 0L;
        foreach (var topic in ValidatedTopic.All)
        {
            var next = await NextAsync(topic, cancellationToken);
            lag += ends.Where(end => end.Key.Topic == topic.Topic).Sum(end => Math.Max(0, end.Value - next.GetValueOrDefault(end.Key.Partition.Value)));
        }

        return lag;
    }

    /// <summary>Completes when every record before these ends is in a table; false when patience ended first.</summary>
    public async Task<bool> CatchUpAsync(IReadOnlyDictionary<TopicPartition, long> ends, TimeSpan patience, CancellationToken cancellationToken)
    {
        var until = TimeProvider.System.GetUtcNow() + patience;
        using var timer = new PeriodicTimer(Interval);
        while (await ReadLagAsync(ends, cancellationToken) > 0)
        {
            if (TimeProvider.System.GetUtcNow() > until)
            {
                return false;
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }

        return true;
    }

    /// <summary>Counts what stands before these ends: each record must be in exactly one table, once.</summary>
    public async Task<TopicFate> CountAsync(ValidatedTopic topic, IReadOnlyDictionary<TopicPartition, long> ends, CancellationToken cancellationToken)
    {
        var own = ends.Where(end => end.Key.Topic == topic.Topic).ToList();
        var bounds = string.Join(" or ", own.Select(end => FormattableString.Invariant($"(kafka_partition = {end.Key.Partition.Value} and kafka_offset < {end.Value})")));
        var rows = await queries.RowsAsync(
            $"""
            select kafka_partition, count(*) as standing, count(distinct kafka_offset) as places, sum(is_valid) as valid
            from (select kafka_partition, kafka_offset, 1 as is_valid from bronze.{topic.Table}
              union all select kafka_partition, kafka_offset, 0 from bronze.{topic.QuarantineTable}) as validated
            where {bounds}
            group by kafka_partition
            """,
            cancellationToken);
        var (records, standing, places) = (own.Sum(end => end.Value), Sum(rows, "standing"), Sum(rows, "places"));
        return new TopicFate(topic.Topic, records, Sum(rows, "valid"), records - places, standing - places);
    }

    private async Task<Dictionary<int, long>> NextAsync(ValidatedTopic topic, CancellationToken cancellationToken)
    {
        var rows = await queries.RowsAsync(
            $"""
            select kafka_partition, max(kafka_offset) + 1 as next_offset
            from (select kafka_partition, kafka_offset from bronze.{topic.Table} union all select kafka_partition, kafka_offset from bronze.{topic.QuarantineTable}) as validated
            group by kafka_partition
            """,
            cancellationToken);
        return rows.ToDictionary(row => row.GetProperty("kafka_partition").GetInt32(), row => Number(row, "next_offset"));
    }

    private static long Sum(IReadOnlyList<JsonElement> rows, string name) => rows.Sum(row => Number(row, name));

    /// <summary>A sum is wider than JSON's exact numbers and comes as text.</summary>
    private static long Number(JsonElement row, string name) => long.Parse(row.GetProperty(name).ToString(), CultureInfo.InvariantCulture);
}

/// <summary>What became of a topic's records.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Records">In the log.</param>
/// <param name="Valid">In bronze.</param>
/// <param name="Missing">In no table: must be 0.</param>
/// <param name="Twice">Rows beyond the first of a record: must be 0.</param>
internal sealed record TopicFate(string Topic, long Records, long Valid, long Missing, long Twice)
{
    public long Quarantined => Records - Valid - Missing + Twice;
}
