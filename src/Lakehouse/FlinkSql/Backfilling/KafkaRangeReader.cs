using Confluent.Kafka;
using Recoup.Lakehouse.FlinkSql.Planning;
using Recoup.Lakehouse.FlinkSql.Running;

namespace Recoup.Lakehouse.FlinkSql.Backfilling;

/// <summary>Reads ranges of a topic that was read before. It joins no group and commits nothing to Kafka.</summary>
internal sealed class KafkaRangeReader : IDisposable
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    private readonly string topic;
    private readonly TimeProvider time;
    private readonly IConsumer<byte[]?, byte[]?> consumer;

    public KafkaRangeReader(KafkaSource source, IReadOnlyDictionary<string, string> settings, TimeProvider time)
    {
        topic = source.Topic;
        this.time = time;
        var config = new ConsumerConfig(KafkaRecordSource.Merge(source, settings))
        {
            EnableAutoCommit = false,
            AutoOffsetReset = AutoOffsetReset.Error,
            EnablePartitionEof = true,
            AllowAutoCreateTopics = false,
        };
        consumer = new ConsumerBuilder<byte[]?, byte[]?>(config).SetErrorHandler(static (_, _) => { }).Build();
    }

    /// <summary>The ranges between two bounds, of one partition or of all; each ends where the log ends at the latest.</summary>
    public IReadOnlyList<OffsetRange> Resolve(RangeBound from, RangeBound to, int? partition) => Answered(() =>
    {
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        var partitions = admin.GetMetadata(topic, AnswerTimeout).Topics.Single().Partitions.Select(known => known.PartitionId).Order().ToList();
        var wanted = partition is null ? partitions : partitions.Where(known => known == partition).ToList();
        if (wanted.Count == 0)
        {
            throw new BackfillException($"{topic} has no partition {partition}: it has 0 to {partitions.Count - 1}.");
        }

        var ends = wanted.ToDictionary(known => known, known => consumer.QueryWatermarkOffsets(new TopicPartition(topic, known), AnswerTimeout));
        var (starts, stops) = (Offsets(from, wanted, ends, whenOpen: end => end.Low), Offsets(to, wanted, ends, whenOpen: end => end.High));
        return wanted.Select(known => new OffsetRange(known, starts[known], Math.Min(stops[known], ends[known].High.Value))).Where(range => range.Count > 0).ToList();
    });

    /// <exception cref="BackfillException">Kafka does not hold the whole of a range any more: what is gone cannot be validated again.</exception>
    public void RequireHeld(IReadOnlyList<OffsetRange> ranges) => Answered(() =>
    {
        foreach (var range in ranges)
        {
            var low = consumer.QueryWatermarkOffsets(new TopicPartition(topic, range.Partition), AnswerTimeout).Low.Value;
            if (range.From < low)
            {
                throw new BackfillException(
                    $"{topic}/{range.Partition} begins at offset {low} now, and the range at {range.From}: rows whose record is gone would be lost. Begin at {low}.");
            }
        }

        return ranges;
    });

    /// <summary>The records of the ranges, in batches of at most so many.</summary>
    /// <param name="ranges">At most one for each partition.</param>
    /// <param name="most">Records of a batch.</param>
    /// <param name="patience">How long the broker may send nothing before the read is given up.</param>
    /// <param name="cancellation">Ends the read.</param>
    public IEnumerable<IReadOnlyList<SourceRecord>> Read(IReadOnlyList<OffsetRange> ranges, int most, TimeSpan patience, CancellationToken cancellation)
    {
        var open = ranges.ToDictionary(range => range.Partition, range => range.To);
        consumer.Assign(ranges.Select(range => new TopicPartitionOffset(topic, range.Partition, range.From)));
        var records = new List<SourceRecord>();
        var heard = time.GetTimestamp();
        while (open.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Answered(() => consumer.Consume(Poll)) is { } result)
            {
                heard = time.GetTimestamp();
                Take(result, open, records);
            }
            else if (time.GetElapsedTime(heard) > patience)
            {
                throw new BackfillException($"The broker sent nothing of {topic} for {patience.TotalSeconds:0} s. Nothing was changed: try again.");
            }

            if (records.Count >= most || (open.Count == 0 && records.Count > 0))
            {
                yield return records;
                records = [];
            }
        }
    }

    public void Dispose()
    {
        consumer.Close();
        consumer.Dispose();
    }

    /// <summary>Offsets that hold no record (a transaction's end) are passed over: the next record, or the log's end, tells that a range is done.</summary>
    private void Take(ConsumeResult<byte[]?, byte[]?> result, Dictionary<int, long> open, List<SourceRecord> records)
    {
        var partition = result.Partition.Value;
        if (!open.TryGetValue(partition, out var to))
        {
            return;
        }

        if (!result.IsPartitionEOF && result.Offset.Value < to)
        {
            records.Add(new SourceRecord(
                partition, result.Offset.Value, new DateTimeOffset(result.Message.Timestamp.UtcDateTime), result.Message.Key, result.Message.Value));
        }

        if (result.IsPartitionEOF || result.Offset.Value >= to - 1)
        {
            open.Remove(partition);
            consumer.Pause([result.TopicPartition]);
        }
    }

    private Dictionary<int, long> Offsets(RangeBound bound, List<int> partitions, Dictionary<int, WatermarkOffsets> ends, Func<WatermarkOffsets, Offset> whenOpen) => bound switch
    {
        OffsetBound offset => partitions.ToDictionary(known => known, known => offset.Offset),
        TimeBound from => consumer.OffsetsForTimes(
                partitions.Select(known => new TopicPartitionTimestamp(topic, known, new Timestamp(from.Time.UtcDateTime))), AnswerTimeout)
            .ToDictionary(found => found.Partition.Value, found => found.Offset.IsSpecial ? ends[found.Partition.Value].High.Value : found.Offset.Value),
        _ => partitions.ToDictionary(known => known, known => whenOpen(ends[known]).Value),
    };

    private T Answered<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (KafkaException failure)
        {
            throw new BackfillException($"{topic} cannot be read: {failure.Error.Reason}. Nothing was changed.", failure);
        }
    }
}
