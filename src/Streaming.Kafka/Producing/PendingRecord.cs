using System.Diagnostics;

namespace Recoup.Streaming.Kafka.Producing;

/// <summary>A record on its way, from the call to the acknowledgement.</summary>
internal abstract class PendingRecord(KafkaMessage message)
{
    public string Topic { get; } = message.Topic;

    public long Size { get; } = message.Size;

    /// <summary>The record as the client takes it; made in the publisher's context, whose trace it carries.</summary>
    public Message<byte[]?, byte[]?> Message { get; } = ClientRecords.From(message.Record);

    public long StartedAt { get; } = Stopwatch.GetTimestamp();

    /// <summary>Whether the publisher no longer waits for it, so that it need not be sent.</summary>
    public abstract bool IsAbandoned { get; }

    public abstract void Acknowledge(RecordPosition position);

    public abstract void Fail(Error error, bool mayBeInLog);

    protected PublishFailure Failure(int index, Error error, bool mayBeInLog) =>
        new(index, Topic, error.Code.ToString(), error.Reason, mayBeInLog);
}

/// <summary>A record that was published alone.</summary>
internal sealed class SinglePublish(KafkaMessage message) : PendingRecord(message)
{
    // A publisher's continuation must not run on the thread that brings the acknowledgements.
    private readonly TaskCompletionSource<RecordPosition> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<RecordPosition> Completion => completion.Task;

    public override bool IsAbandoned => completion.Task.IsCompleted;

    public override void Acknowledge(RecordPosition position) => completion.TrySetResult(position);

    public override void Fail(Error error, bool mayBeInLog) => completion.TrySetException(PublishBatch.Exception([Failure(0, error, mayBeInLog)]));

    public void Cancel(CancellationToken cancellationToken) => completion.TrySetCanceled(cancellationToken);
}

/// <summary>Records that were published together; done when the last of them is.</summary>
internal sealed class PublishBatch
{
    private readonly TaskCompletionSource<IReadOnlyList<RecordPosition>> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RecordPosition[] positions;
    private readonly List<PublishFailure> failures = [];
    private int remaining;

    public PublishBatch(IReadOnlyList<KafkaMessage> messages)
    {
        positions = new RecordPosition[messages.Count];
        remaining = messages.Count;
        Records = [.. messages.Select((message, index) => new Item(message, index, this))];
    }

    public IReadOnlyList<PendingRecord> Records { get; }

    public Task<IReadOnlyList<RecordPosition>> Completion => completion.Task;

    public void Cancel(CancellationToken cancellationToken) => completion.TrySetCanceled(cancellationToken);

    public static KafkaPublishException Exception(IReadOnlyList<PublishFailure> failures)
    {
        var first = failures[0];
        var others = failures.Count == 1 ? "" : $" and {failures.Count - 1} more";
        return new KafkaPublishException($"Record {first.Index} for topic '{first.Topic}'{others}: {first.Reason} ({first.Code}).", failures);
    }

    private void Done()
    {
        if (Interlocked.Decrement(ref remaining) > 0)
        {
            return;
        }

        if (failures.Count == 0)
        {
            completion.TrySetResult(positions);
            return;
        }

        failures.Sort(static (left, right) => left.Index.CompareTo(right.Index));
        completion.TrySetException(Exception(failures));
    }

    private sealed class Item(KafkaMessage message, int index, PublishBatch batch) : PendingRecord(message)
    {
        public override bool IsAbandoned => batch.completion.Task.IsCompleted;

        public override void Acknowledge(RecordPosition position)
        {
            batch.positions[index] = position;
            batch.Done();
        }

        public override void Fail(Error error, bool mayBeInLog)
        {
            lock (batch.failures)
            {
                batch.failures.Add(Failure(index, error, mayBeInLog));
            }

            batch.Done();
        }
    }
}
