namespace Recoup.Embedded.Kafka.Hosting;

/// <summary>A setting cannot be used; the message says which and why.</summary>
public sealed class EmbeddedKafkaException(string message, Exception? inner = null) : Exception(message, inner);
