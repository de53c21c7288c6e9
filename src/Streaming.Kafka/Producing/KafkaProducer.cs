using Microsoft.Extensions.Logging;
using Recoup.Streaming.Kafka.Telemetry;

namespace Recoup.Streaming.Kafka.Producing;

/// <summary>
/// The one way to the log. All records pass one gate in the order of the calls: what fits goes to the client at once, what does not waits in its topic's
/// lane until acknowledgements make room.
/// </summary>
internal sealed partial class KafkaProducer : IKafkaProducer, IDisposable
{
    private readonly SendGate gate;
    private readonly KafkaProducerOptions options;

    public KafkaProducer(string name, KafkaProducerOptions options, KafkaMeter meter, ILogger<KafkaProducer> logger)
    {
        this.options = options;
        gate = new SendGate(name, options, meter, logger);
    }

    public Task<RecordPosition> PublishAsync(KafkaMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        Check(message);
        cancellationToken.ThrowIfCancellationRequested();
        return KafkaTracing.IsOn ? PublishTracedAsync(message, cancellationToken) : SendAsync(message, cancellationToken);
    }

    public Task<IReadOnlyList<RecordPosition>> PublishAsync(IReadOnlyList<KafkaMessage> messages, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        foreach (var message in messages)
        {
            Check(message);
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (messages.Count == 0)
        {
            return Task.FromResult<IReadOnlyList<RecordPosition>>([]);
        }

        return KafkaTracing.IsOn ? PublishTracedAsync(messages, cancellationToken) : SendAsync(messages, cancellationToken);
    }

    public void Dispose() => gate.Dispose();

    /// <summary>Refuses before anything of a batch is sent: a refusal is not half-done.</summary>
    private void Check(KafkaMessage message)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(message.Topic, nameof(message));
        if (message.Size > options.RecordBytesMax)
        {
            throw new KafkaPublishException(
                $"A record of {message.Size} bytes for topic '{message.Topic}' is larger than RecordBytesMax ({options.RecordBytesMax}).",
                [new PublishFailure(0, message.Topic, nameof(ErrorCode.MsgSizeTooLarge), "The record is too large.", MayBeInLog: false)]);
        }
    }

    private async Task<RecordPosition> SendAsync(KafkaMessage message, CancellationToken cancellationToken)
    {
        var pending = new SinglePublish(message);
        using var registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((SinglePublish)state!).Cancel(token), pending);
        gate.Enqueue(pending);
        return await pending.Completion;
    }

    private async Task<IReadOnlyList<RecordPosition>> SendAsync(IReadOnlyList<KafkaMessage> messages, CancellationToken cancellationToken)
    {
        var batch = new PublishBatch(messages);
        using var registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((PublishBatch)state!).Cancel(token), batch);
        gate.Enqueue(batch.Records);
        return await batch.Completion;
    }

    // Asynchronous on purpose: the activity must not stay current in the caller's context.
    private async Task<RecordPosition> PublishTracedAsync(KafkaMessage message, CancellationToken cancellationToken)
    {
        using var activity = KafkaTracing.StartPublish(message.Topic, 1);
        try
        {
            return await SendAsync(message, cancellationToken);
        }
        catch (Exception exception)
        {
            KafkaTracing.Fail(activity, exception);
            throw;
        }
    }

    private async Task<IReadOnlyList<RecordPosition>> PublishTracedAsync(IReadOnlyList<KafkaMessage> messages, CancellationToken cancellationToken)
    {
        using var activity = KafkaTracing.StartPublish(messages[0].Topic, messages.Count);
        try
        {
            return await SendAsync(messages, cancellationToken);
        }
        catch (Exception exception)
        {
            KafkaTracing.Fail(activity, exception);
            throw;
        }
    }
}
