using Confluent.Kafka;
using Recoup.Client.Simulate.Injection;
using Recoup.Clock;
using Recoup.Events;
using Recoup.Platform.Bench.Watching;

namespace Recoup.Platform.Bench.Load;

/// <summary>Fills up what Recoup's own events leave open of a rate, straight to the topics, past Recoup.</summary>
internal sealed class FillLoad : IDisposable
{
    private static readonly TimeSpan FlushTimeout = TimeSpan.FromSeconds(30);
    private static readonly byte[] InjectedBy = System.Text.Encoding.UTF8.GetBytes(FillEvents.InjectedBy);

    private readonly IProducer<string, byte[]?> producer;
    private readonly FillEvents events;
    private readonly BadRecordPlan bad;
    private readonly LogIndex index;
    private long sent;
    private Error? failure;

    public FillLoad(string servers, IBusinessClock clock, BadRecordPlan bad, LogIndex index)
    {
        events = new FillEvents(clock);
        this.bad = bad;
        this.index = index;
        var config = new ProducerConfig
        {
            BootstrapServers = servers,
            Acks = Acks.All,
            EnableIdempotence = true,
            LingerMs = 5,
            Partitioner = Partitioner.Murmur2Random,
            QueueBufferingMaxMessages = 1_000_000,
        };
        producer = new ProducerBuilder<string, byte[]?>(config).Build();
    }

    /// <summary>Completes when the log has acknowledged every record.</summary>
    /// <exception cref="KafkaException">It refused one.</exception>
    public async Task RunAsync(double rate, TimeSpan duration, CancellationToken cancellationToken)
    {
        await OpenLoop.RunAsync(
            duration,
            elapsed =>
            {
                for (var due = (long)(elapsed.TotalSeconds * rate) - index.Own; sent < due;)
                {
                    Send(++sent);
                }
            },
            cancellationToken);
        var unsent = await Task.Run(() => producer.Flush(FlushTimeout), cancellationToken);
        if (failure is not null || unsent > 0)
        {
            throw new KafkaException(failure ?? new Error(Confluent.Kafka.ErrorCode.Local_TimedOut, $"{unsent} records were not acknowledged."));
        }
    }

    public void Dispose() => producer.Dispose();

    private void Send(long number)
    {
        if (bad.Beside(number) is { } record)
        {
            producer.Produce(record.Topic, record.ToMessage(), OnDelivery);
            return;
        }

        var (key, value) = events.Make(number);
        var message = new Message<string, byte[]?> { Key = key, Value = value, Headers = new Headers { { BadRecord.InjectedBy, InjectedBy } } };
        producer.Produce(Topics.Charges, message, OnDelivery);
    }

    private void OnDelivery(DeliveryReport<string, byte[]?> report)
    {
        if (report.Error.IsError)
        {
            failure = report.Error;
        }
    }
}
