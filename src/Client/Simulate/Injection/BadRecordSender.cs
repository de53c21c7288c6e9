using Confluent.Kafka;
using Recoup.Client.CommandLine;
using Recoup.Simulation;

namespace Recoup.Client.Simulate.Injection;

/// <summary>Sends the plan's bad records straight to their topics, past Recoup, as a broken producer of somebody else would.</summary>
internal sealed class BadRecordSender : IDisposable
{
    /// <summary>As Java's clients and Recoup's own choose partitions.</summary>
    private const Partitioner KeyPartitioner = Partitioner.Murmur2Random;

    /// <summary>As long as an order waits for a silo that restarts: with it comes the embedded broker.</summary>
    private const int PatienceMs = 120_000;
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    private readonly BadRecordPlan plan;
    private readonly Lazy<IProducer<string, byte[]?>> producer;
    private readonly string servers;
    private int sent;

    /// <param name="plan">Which records.</param>
    /// <param name="servers"><c>host:port</c>, several separated by commas.</param>
    /// <param name="settings">Further settings of the client, by librdkafka's names.</param>
    public BadRecordSender(BadRecordPlan plan, string servers, IReadOnlyDictionary<string, string> settings)
    {
        this.plan = plan;
        this.servers = servers;
        var config = new ProducerConfig(settings.ToDictionary(StringComparer.Ordinal))
        {
            BootstrapServers = servers,
            Acks = Acks.All,
            EnableIdempotence = true,
            Partitioner = KeyPartitioner,
            MessageTimeoutMs = PatienceMs,
        };
        producer = new(() => new ProducerBuilder<string, byte[]?>(config).SetLogHandler(static (_, _) => { }).SetErrorHandler(static (_, _) => { }).Build());
    }

    /// <summary>Records that the log has acknowledged.</summary>
    public int Sent => Volatile.Read(ref sent);

    /// <summary>A wrong address is better told before the first order than after the first bad record.</summary>
    /// <exception cref="CommandFailedException">No broker answers.</exception>
    public async Task EnsureAnswersAsync(CancellationToken cancellationToken)
    {
        if (plan.IsEmpty)
        {
            return;
        }

        try
        {
            using var admin = new DependentAdminClientBuilder(producer.Value.Handle).Build();
            await Task.Run(() => admin.GetMetadata(AnswerTimeout), cancellationToken);
        }
        catch (KafkaException failure)
        {
            throw Unreachable(failure);
        }
    }

    /// <summary>Sends the record that goes beside an order, if one does.</summary>
    /// <exception cref="CommandFailedException">No broker took it.</exception>
    public async Task SendBesideAsync(SimulatedOrder order, CancellationToken cancellationToken)
    {
        if (plan.Beside(order.Number) is not { } record)
        {
            return;
        }

        try
        {
            await producer.Value.ProduceAsync(record.Topic, record.ToMessage(), cancellationToken);
            Interlocked.Increment(ref sent);
        }
        catch (ProduceException<string, byte[]?> failure)
        {
            throw Unreachable(failure);
        }
    }

    public void Dispose()
    {
        if (producer.IsValueCreated)
        {
            producer.Value.Dispose();
        }
    }

    private CommandFailedException Unreachable(KafkaException failure) => new(
        $"No Kafka broker at {servers} takes the bad records: {failure.Error.Reason}.", "Name the brokers with --kafka host:port, or send none with --bad-records 0.", failure);
}
