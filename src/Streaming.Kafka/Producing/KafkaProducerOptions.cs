using System.ComponentModel.DataAnnotations;
using Recoup.Streaming.Kafka.Hosting;

namespace Recoup.Streaming.Kafka.Producing;

/// <summary>Settings of one producer. It always waits for all in-sync replicas and is always idempotent.</summary>
public sealed class KafkaProducerOptions : KafkaClientOptions
{
    /// <summary>How long the client waits for more records before it sends some. Default 0: records that come while a request is under way share the next.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00", ErrorMessage = "Linger must be between {1} and {2}.")]
    public TimeSpan Linger { get; set; }

    /// <summary>Default: none. Every client reads gzip, snappy and lz4; zstd needs brokers and clients from 2.1 on.</summary>
    public CompressionType Compression { get; set; }

    /// <summary>Most records handed to the client and not yet acknowledged; later ones wait their turn. Default 50,000.</summary>
    [Range(1, 10_000_000, ErrorMessage = "InFlightMax must be between {1} and {2} records.")]
    public int InFlightMax { get; set; } = 50_000;

    /// <summary>Most bytes of keys and values in flight. Default 64 MiB.</summary>
    [Range(1_024L, 2_000_000_000L, ErrorMessage = "InFlightBytesMax must be between {1} and {2} bytes.")]
    public long InFlightBytesMax { get; set; } = 64 * 1024 * 1024;

    /// <summary>Most bytes of one record's key and value; a larger one is refused at once. Default 1,000,000, which is what brokers take by default.</summary>
    [Range(1_000, 1_000_000_000, ErrorMessage = "RecordBytesMax must be between {1} and {2} bytes.")]
    public int RecordBytesMax { get; set; } = 1_000_000;

    /// <summary>How long a record is tried again before its publisher hears of a failure. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00", ErrorMessage = "DeliveryTimeout must be between {1} and {2}.")]
    public TimeSpan DeliveryTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How old the known number of a topic's partitions may be. Default 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "PartitionsRefresh must be between {1} and {2}.")]
    public TimeSpan PartitionsRefresh { get; set; } = TimeSpan.FromMinutes(5);

    internal ProducerConfig ToConfig()
    {
        var config = new ProducerConfig(ToClientSettings())
        {
            Acks = Acks.All,
            EnableIdempotence = true,
            MaxInFlight = 5,
            LingerMs = Linger.TotalMilliseconds,
            CompressionType = Compression,
            MessageTimeoutMs = (int)DeliveryTimeout.TotalMilliseconds,
            // Room for the client's own accounting beside the bytes that are counted here; a full queue is waited for all the same.
            QueueBufferingMaxMessages = Math.Max(InFlightMax, 1_000),
            QueueBufferingMaxKbytes = (int)Math.Min(int.MaxValue, 16_384 + (2 * InFlightBytesMax / 1_024)),
            MessageMaxBytes = RecordBytesMax + 65_536,
            DeliveryReportFields = "status",
        };
        if (config.RequestTimeoutMs is null or > 0 && DeliveryTimeout < TimeSpan.FromSeconds(30))
        {
            config.RequestTimeoutMs ??= Math.Max(100, (int)DeliveryTimeout.TotalMilliseconds / 2);
        }

        return config;
    }

    protected override IEnumerable<string> DecidedSettings =>
    [
        "acks", "request.required.acks", "enable.idempotence", "max.in.flight", "max.in.flight.requests.per.connection", "partitioner", "linger.ms",
        "queue.buffering.max.ms", "compression.type", "compression.codec", "message.timeout.ms", "delivery.timeout.ms", "queue.buffering.max.messages",
        "queue.buffering.max.kbytes", "message.max.bytes", "transactional.id",
    ];
}
