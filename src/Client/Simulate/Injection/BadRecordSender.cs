using Confluent.Kafka;
using Recoup.Client.CommandLine;
using Recoup.Simulation;

namespace Recoup.Client.Simulate.Injection;

/// <summary>Sends the plan's bad records straight to their topics, past Recoup, as a broken producer of somebody else would.</summary>
internal sealed class BadRecordSender : IDisposable
{
    /// <summary>As Java's clients and Recoup's own choose partitions.</summary>
    private const Partitioner KeyPartitioner = Partitioner.Murmur2Random;

    private readonly BadRecordPlan plan;
    private readonly IProducer<string, byte[]?> producer;
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
            MessageTimeoutMs = 60_000,
        };
        producer = new ProducerBuilder<string, byte[]?>(config).SetLogHandler(static (_, _) => { }).SetErrorHandler(static (_, _) => { }).Build();
    }

    /// <summary>Records that the log has acknowledged.</summary>
    public int Sent => Volatile.Read(ref sent);

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
            await producer.ProduceAsync(record.Topic, record.ToMessage(), cancellationToken);
            Interlocked.Increment(ref sent);
        }
        catch (ProduceException<string, byte[]?> failure)
        {
            throw new CommandFailedException(
                $"No Kafka broker at {servers} took a bad record: {failure.Error.Reason}.", "Name the brokers with --kafka host:port, or send none with --bad-records 0.", failure);
        }
    }

    public void Dispose() => producer.Dispose();
}
