using System.ComponentModel.DataAnnotations;

namespace Recoup.Streaming.Kafka.Hosting;

/// <summary>Where the brokers are and how to talk to them.</summary>
public abstract class KafkaClientOptions : IValidatableObject
{
    /// <summary>The brokers: <c>host:port</c>, several separated by commas.</summary>
    [Required(ErrorMessage = "BootstrapServers is empty: set it to the brokers, such as 127.0.0.1:9092.")]
    public string BootstrapServers { get; set; } = "";

    /// <summary>The name that brokers see in their logs and quotas.</summary>
    [Required(ErrorMessage = "ClientId must not be empty.")]
    public string ClientId { get; set; } = "orleans";

    /// <summary>
    /// Any other setting of librdkafka by its own name: <c>security.protocol</c>, <c>sasl.mechanisms</c>, <c>ssl.ca.location</c>, ... Those on which the
    /// guarantees rest are refused.
    /// </summary>
    public IDictionary<string, string> Settings { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The settings that this provider decides and <see cref="Settings"/> must not contain.</summary>
    protected abstract IEnumerable<string> DecidedSettings { get; }

    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        DecidedSettings.Append("bootstrap.servers").Append("metadata.broker.list").Append("client.id")
            .Where(Settings.ContainsKey)
            .Select(name => new ValidationResult(
                $"Settings must not contain '{name}': this provider decides it, or has an option of its own for it.", [nameof(Settings)]));

    /// <summary>The settings that all clients of these brokers share.</summary>
    internal Dictionary<string, string> ToClientSettings() => new(Settings, StringComparer.Ordinal)
    {
        ["bootstrap.servers"] = BootstrapServers,
        ["client.id"] = ClientId,
        // Idle connections are closed by brokers; that is no event.
        ["log.connection.close"] = "false",
    };
}
