namespace Recoup.Embedded.Kafka.Protocol;

/// <summary>The bytes are no request of the protocol, or one that is not offered: the connection is closed, as Kafka does.</summary>
internal sealed class ProtocolException(string message) : Exception(message);
