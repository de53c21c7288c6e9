using Orleans.Streams;
using Recoup.Embedded.Kafka.Hosting;
using Recoup.Events;
using Recoup.Payments;
using Recoup.Silo.Settings;
using Recoup.Streaming.Kafka.Hosting;

namespace Recoup.Silo.Events;

/// <summary>The event log: the embedded broker where no other is named, and the stream provider through which grains write and read it.</summary>
internal static class EventLogHosting
{
    private const int Partitions = 4;

    /// <summary>How long a request may be refused by storage that does not answer before it becomes a dead letter; its partition waits that long.</summary>
    private static readonly TimeSpan DeliveryPatience = TimeSpan.FromMinutes(15);

    /// <summary>Registered before the silo, which connects when it starts.</summary>
    public static void AddEventLogServer(this WebApplicationBuilder builder, RecoupSettings settings)
    {
        if (settings.Kafka.IsEmbedded)
        {
            builder.Services.AddEmbeddedKafka((_, broker) => Configure(broker, settings));
        }
    }

    public static void AddEventStreams(this ISiloBuilder silo, RecoupSettings settings)
    {
        var written = new OutgoingEventSerializer();
        var streams = silo.AddKafka(EventStreams.ProviderName)
            .WithOptions(options => Configure(options, settings))
            .WithPullingAgents(static agents => agents.MaxEventDeliveryTime = DeliveryPatience)
            .AddTopic<PaymentRequest>(Topics.Requests, static topic =>
            {
                topic.Direction = StreamProviderDirection.ReadOnly;
                topic.Serializer = new PaymentRequestSerializer();
                topic.StreamPer = StreamPer.Partition;
                topic.Partitions = Partitions;
            });
        foreach (var name in Topics.Published)
        {
            streams.AddTopic<OutgoingEvent>(name, topic =>
            {
                topic.Direction = StreamProviderDirection.WriteOnly;
                topic.Serializer = written;
                topic.Partitions = Partitions;
            });
        }
    }

    private static void Configure(EmbeddedKafkaOptions broker, RecoupSettings settings)
    {
        broker.DataFolder = Path.Combine(settings.DataFolder, "kafka");
        broker.Port = settings.Kafka.Port;
        broker.AutoCreateTopics = false;
        foreach (var topic in Topics.All)
        {
            broker.Topics[topic] = Partitions;
        }
    }

    private static void Configure(KafkaStreamOptions options, RecoupSettings settings)
    {
        options.BootstrapServers = settings.Kafka.TargetServers;
        options.ClientId = "recoup";
        options.GroupId = KafkaOptions.GroupId;
        options.CreateTopics = true;
        options.DeadLetterTopic = Topics.DeadLetters;
        options.DeadLetterRecordOf = static (_, record) => DeadLetterRedaction.Redact(record);
        foreach (var (name, value) in settings.Kafka.Client)
        {
            options.Settings[name] = value;
        }
    }
}
