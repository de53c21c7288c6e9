using System.ComponentModel.DataAnnotations;

namespace Recoup.Embedded.Kafka.Hosting;

/// <summary>How an embedded broker runs.</summary>
public sealed class EmbeddedKafkaOptions
{
    /// <summary>The folder for everything that is kept; one broker at a time holds it.</summary>
    [Required(ErrorMessage = "DataFolder (--data) is missing: name the folder that keeps topics and offsets.")]
    public string DataFolder { get; set; } = "";

    /// <summary>The IP address to listen on; anything but loopback opens it to the network without authorisation.</summary>
    [Required(ErrorMessage = "Host (--host) is missing: name an IP address, such as 127.0.0.1.")]
    public string Host { get; set; } = "127.0.0.1";

    /// <summary>The port; 0 takes a free one.</summary>
    [Range(0, 65_535, ErrorMessage = "Port (--port) must be between {1} and {2}.")]
    public int Port { get; set; } = 9092;

    /// <summary>The host that clients are told to connect to; null for the address by which each came.</summary>
    public string? AdvertisedHost { get; set; }

    /// <summary>Topics that are made at the start where they are missing: name to number of partitions.</summary>
    public IDictionary<string, int> Topics { get; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Whether a client that asks for a topic which is not there makes it.</summary>
    public bool AutoCreateTopics { get; set; } = true;

    /// <summary>Partitions of a topic that does not say how many.</summary>
    [Range(1, 1_000, ErrorMessage = "DefaultPartitions (--partitions) must be between {1} and {2}.")]
    public int DefaultPartitions { get; set; } = 1;

    /// <summary>
    /// Whether records are on the disk before they are acknowledged. Without it they survive the end of the process, not a power cut.
    /// Committed offsets are on the disk in any case.
    /// </summary>
    public bool Fsync { get; set; } = true;

    /// <summary>Bytes after which a partition goes on in a new file.</summary>
    [Range(1 << 20, int.MaxValue, ErrorMessage = "SegmentBytes (--segment-bytes) must be between {1} and {2}.")]
    public int SegmentBytes { get; set; } = 1 << 30;

    /// <summary>How long records are kept; null for ever.</summary>
    public TimeSpan? RetentionTime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Bytes of a partition that are kept; null for all.</summary>
    [Range(0, long.MaxValue, ErrorMessage = "RetentionBytes (--retention-bytes) must not be negative.")]
    public long? RetentionBytes { get; set; }

    /// <summary>Bytes of the largest batch that is taken.</summary>
    [Range(1_024, 64 << 20, ErrorMessage = "MaxMessageBytes (--max-message-bytes) must be between {1} and {2}.")]
    public int MaxMessageBytes { get; set; } = 1_048_588;

    /// <summary>Clients at the same time; more are turned away.</summary>
    [Range(1, 100_000, ErrorMessage = "MaxConnections (--max-connections) must be between {1} and {2}.")]
    public int MaxConnections { get; set; } = 1_000;

    /// <summary>Bytes of the largest request, which is the most that a connection's buffer grows to.</summary>
    [Range(1 << 20, 1 << 30, ErrorMessage = "MaxRequestBytes (--max-request-bytes) must be between {1} and {2}.")]
    public int MaxRequestBytes { get; set; } = 100 << 20;

    /// <summary>Bytes of records in one answer, whatever the client asks for; a single batch may be larger.</summary>
    [Range(1 << 16, 1 << 28, ErrorMessage = "MaxFetchBytes (--max-fetch-bytes) must be between {1} and {2}.")]
    public int MaxFetchBytes { get; set; } = 4 << 20;
}
