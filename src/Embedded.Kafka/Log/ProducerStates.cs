using System.Runtime.InteropServices;
using Recoup.Embedded.Kafka.Protocol;
using Recoup.Embedded.Kafka.Records;

namespace Recoup.Embedded.Kafka.Log;

/// <summary>One batch of an idempotent producer that the log holds.</summary>
/// <param name="AppendedAt">The batch's latest time: what Kafka reports as its append time when it comes again.</param>
internal readonly record struct ProducedBatch(int FirstSequence, int LastSequence, long BaseOffset, long AppendedAt);

/// <summary>What a batch of an idempotent producer is to the log.</summary>
/// <param name="Duplicate">The same batch as it was stored before; null when it is new.</param>
internal readonly record struct SequenceVerdict(ErrorCode Error, ProducedBatch? Duplicate = null);

/// <summary>
/// The idempotent producers of one partition: for each the epoch and the last five batches, so that a batch that comes again is
/// recognised and a gap is refused. The rules are those of Kafka's ProducerAppendInfo.
/// </summary>
internal sealed class ProducerStates
{
    /// <summary>Clients have at most five requests in flight with idempotence on, so no batch further back can come again.</summary>
    public const int BatchesKept = 5;

    private readonly Dictionary<long, Producer> producers = [];

    public int Count => producers.Count;

    public IEnumerable<Producer> All => producers.Values;

    public SequenceVerdict Check(RecordBatch batch)
    {
        if (!producers.TryGetValue(batch.ProducerId, out var known))
        {
            return default; // A producer whose state expired, or that wrote to another log before, starts anywhere.
        }

        var (first, last) = (batch.BaseSequence, LastSequence(batch));
        if (batch.ProducerEpoch == known.Epoch)
        {
            foreach (var kept in known.Batches)
            {
                if (kept.FirstSequence == first && kept.LastSequence == last)
                {
                    return new(ErrorCode.None, kept);
                }
            }
        }

        if (batch.ProducerEpoch < known.Epoch)
        {
            return new(ErrorCode.InvalidProducerEpoch);
        }

        var follows = batch.ProducerEpoch == known.Epoch
            ? known.Epoch == -1 || Follows(known.Batches[^1].LastSequence, first)
            : first == 0 || known.Epoch == -1;
        return new(follows ? ErrorCode.None : ErrorCode.OutOfOrderSequenceNumber);
    }

    /// <summary>Notes a batch that was appended.</summary>
    public void Note(RecordBatch batch, long seenAt)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(producers, batch.ProducerId, out _);
        known ??= new Producer(batch.ProducerId, batch.ProducerEpoch);
        known.Add(batch.ProducerEpoch, new ProducedBatch(batch.BaseSequence, LastSequence(batch), batch.BaseOffset, batch.MaxTimestamp), seenAt);
    }

    public void Restore(Producer producer) => producers[producer.Id] = producer;

    /// <summary>Forgets producers that were silent for long, so that the table cannot grow for ever.</summary>
    public void ForgetBefore(long seenAt)
    {
        foreach (var (id, producer) in producers)
        {
            if (producer.SeenAt < seenAt)
            {
                producers.Remove(id);
            }
        }
    }

    private static int LastSequence(RecordBatch batch) => (int)(((long)batch.BaseSequence + batch.LastOffsetDelta) & int.MaxValue);

    /// <summary>Sequences begin at zero again after the largest number.</summary>
    private static bool Follows(int last, int next) => next == last + 1L || (next == 0 && last == int.MaxValue);
}

internal sealed class Producer(long id, short epoch)
{
    private readonly List<ProducedBatch> batches = new(ProducerStates.BatchesKept);

    public long Id { get; } = id;

    public short Epoch { get; private set; } = epoch;

    /// <summary>When it last wrote, by the broker's clock in Unix milliseconds.</summary>
    public long SeenAt { get; private set; }

    /// <summary>The newest is the last.</summary>
    public IReadOnlyList<ProducedBatch> Batches => batches;

    public void Add(short epoch, ProducedBatch batch, long seenAt)
    {
        if (epoch != Epoch)
        {
            batches.Clear();
            Epoch = epoch;
        }

        if (batches.Count == ProducerStates.BatchesKept)
        {
            batches.RemoveAt(0);
        }

        batches.Add(batch);
        SeenAt = seenAt;
    }
}
