namespace Recoup.Streaming.Kafka.Producing;

/// <summary>Records that were not acknowledged.</summary>
public sealed class KafkaPublishException : Exception
{
    public KafkaPublishException()
    {
    }

    public KafkaPublishException(string message)
        : base(message)
    {
    }

    public KafkaPublishException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public KafkaPublishException(string message, IReadOnlyList<PublishFailure> failures)
        : base(message) => Failures = failures;

    /// <summary>The failed records by index in the batch, in ascending order; a single record has index 0.</summary>
    public IReadOnlyList<PublishFailure> Failures { get; } = [];
}

/// <param name="Index">The record's place in the batch, from 0.</param>
/// <param name="Topic">The topic it was for.</param>
/// <param name="Code">The broker's or the client's error code by name, such as <c>Local_MsgTimedOut</c>.</param>
/// <param name="Reason">The same in words.</param>
/// <param name="MayBeInLog">Whether the record may have reached the log although nobody acknowledged it.</param>
public sealed record PublishFailure(int Index, string Topic, string Code, string Reason, bool MayBeInLog);
