namespace Recoup.Streaming.Kafka.Records;

/// <summary>The headers that a dead letter has beside those of its record; all are text.</summary>
public static class DeadLetterHeaders
{
    /// <summary><c>not_readable</c> (key or value) or <c>not_delivered</c> (a subscription refused it to the end).</summary>
    public const string Kind = "dead-letter-kind";

    /// <summary>Why, in words; quotes nothing of the record.</summary>
    public const string Reason = "dead-letter-reason";

    public const string Topic = "dead-letter-topic";

    public const string Partition = "dead-letter-partition";

    public const string Offset = "dead-letter-offset";

    /// <summary>The consumer group that gave it up.</summary>
    public const string Group = "dead-letter-group";

    /// <summary>How many bytes of value were left out, when the record did not fit together with these headers.</summary>
    public const string OmittedBytes = "dead-letter-omitted-bytes";
}
