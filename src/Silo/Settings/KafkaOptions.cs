using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Recoup.Silo.Settings;

/// <summary>Section <c>Kafka</c>: the event log.</summary>
public sealed class KafkaOptions
{
    public const string Section = "Kafka";

    /// <summary>The consumer group under which <c>payments.requests</c> is read.</summary>
    public const string GroupId = "recoup";

    /// <summary>Brokers as <c>host:port</c>, several separated by commas; empty: the embedded broker is started on 127.0.0.1.</summary>
    [RegularExpression("^$|^[^:/ ,]+:[0-9]{1,5}(,[^:/ ,]+:[0-9]{1,5})*$", ErrorMessage = "Kafka__BootstrapServers must be host:port, several separated by commas, such as kafka:9092.")]
    public string BootstrapServers { get; set; } = "";

    /// <summary>Port of the embedded broker.</summary>
    [Range(1, 65_535)]
    public int Port { get; set; } = 9092;

    /// <summary>
    /// Settings of the Kafka client by librdkafka's names, such as <c>Kafka__Client__security.protocol=SASL_SSL</c>: security above all. Those on which
    /// order and durability rest are refused.
    /// </summary>
    public Dictionary<string, string> Client { get; } = new(StringComparer.Ordinal);

    public bool IsEmbedded => BootstrapServers.Length == 0;

    /// <summary>Where producers and consumers connect.</summary>
    public string TargetServers => IsEmbedded ? $"127.0.0.1:{Port}" : BootstrapServers;
}

[OptionsValidator]
internal sealed partial class KafkaOptionsValidator : IValidateOptions<KafkaOptions>;
