using System.ComponentModel.DataAnnotations;
using Orleans.Streams;
using Recoup.Streaming.Kafka.Records;

namespace Recoup.Streaming.Kafka.Hosting;

/// <summary>Settings of one stream provider.</summary>
public sealed class KafkaStreamOptions : KafkaClientOptions
{
    /// <summary>The consumer group under which delivered offsets are committed. All silos of a cluster share it; nothing else may. Default <c>orleans</c>.</summary>
    [Required(ErrorMessage = "GroupId must not be empty: delivered offsets are committed under it.")]
    public string GroupId { get; set; } = "orleans";

    /// <summary>What topics without a direction of their own allow. A provider that only writes starts no pulling agents. Default: both.</summary>
    [EnumDataType(typeof(StreamProviderDirection))]
    public StreamProviderDirection Direction { get; set; } = StreamProviderDirection.ReadWrite;

    /// <summary>Whether topics (and the dead letters' topic) that do not exist are created when the silo starts. Default: no.</summary>
    public bool CreateTopics { get; set; }

    /// <summary>How long a silo waits for the brokers when it starts. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00", ErrorMessage = "StartTimeout must be between {1} and {2}.")]
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Where a group that has committed nothing yet begins. Default: at the oldest record.</summary>
    [EnumDataType(typeof(KafkaStart))]
    public KafkaStart StartAt { get; set; } = KafkaStart.Earliest;

    /// <summary>
    /// What to do when the committed offset is no longer in the log (retention passed it, or the topic was made anew). It is logged as an error and counted
    /// in any case. Default: go on at the oldest record, which delivers again rather than skip.
    /// </summary>
    [EnumDataType(typeof(OffsetLostAction))]
    public OffsetLostAction OnOffsetLost { get; set; } = OffsetLostAction.Earliest;

    /// <summary>How often delivered offsets are committed; after a crash at most so much is delivered again. Default 500 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00", ErrorMessage = "CommitInterval must be between {1} and {2}.")]
    public TimeSpan CommitInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Most records of one partition in memory, read and not yet delivered to every subscriber; then reading pauses. Default 4,096.</summary>
    [Range(1, 1_000_000, ErrorMessage = "CacheRecords must be between {1} and {2}.")]
    public int CacheRecords { get; set; } = 4_096;

    /// <summary>Most records that a pulling agent takes at once. Default 256.</summary>
    [Range(1, 10_000, ErrorMessage = "ReadBatch must be between {1} and {2}.")]
    public int ReadBatch { get; set; } = 256;

    /// <summary>
    /// The topic for records that cannot be read, or that a subscription still refuses when Orleans gives up (<c>MaxEventDeliveryTime</c> of the pulling
    /// agents, 1 minute by default). Needed as soon as a topic is read: without it such a record could only be lost or stop its partition.
    /// </summary>
    public string DeadLetterTopic { get; set; } = "";

    /// <summary>What of a record may go to the dead letters (topic, record as read); sensitive values can be taken out here. Default: all of it.</summary>
    public Func<string, KafkaRecord, KafkaRecord> DeadLetterRecordOf { get; set; } = static (_, record) => record;

    /// <summary>The topics; see <see cref="KafkaStreamsBuilder.AddTopic{TEvent}"/>.</summary>
    public IList<KafkaTopicOptions> Topics { get; } = [];

    protected override IEnumerable<string> DecidedSettings =>
    [
        "group.id", "group.protocol", "enable.auto.commit", "enable.auto.offset.store", "auto.commit.interval.ms", "auto.offset.reset",
        "partition.assignment.strategy", "enable.partition.eof",
    ];

    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var result in base.Validate(validationContext))
        {
            yield return result;
        }

        if (Topics.Count == 0)
        {
            yield return new("No topic: name at least one with AddTopic<TEvent>(streamNamespace).", [nameof(Topics)]);
        }

        if (DeadLetterTopic.Length == 0 && Topics.Any(CanRead))
        {
            yield return new(
                "DeadLetterTopic is empty although topics are read: name the topic for records that cannot be delivered, or set Direction to WriteOnly.",
                [nameof(DeadLetterTopic)]);
        }

        foreach (var twice in Topics.GroupBy(topic => topic.Namespace, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            yield return new($"Stream namespace '{twice.Key}' has {twice.Count()} topics: a namespace is one topic.", [nameof(Topics)]);
        }

        foreach (var twice in Topics.GroupBy(topic => topic.Topic, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            yield return new($"Topic '{twice.Key}' belongs to {twice.Count()} stream namespaces: a topic is one namespace.", [nameof(Topics)]);
        }

        foreach (var problem in Topics.SelectMany(topic => topic.Problems(DeadLetterTopic, CanRead(topic))))
        {
            yield return new(problem, [nameof(Topics)]);
        }
    }

    internal bool CanRead(KafkaTopicOptions topic) => (topic.Direction ?? Direction) != StreamProviderDirection.WriteOnly;

    internal bool CanWrite(KafkaTopicOptions topic) => (topic.Direction ?? Direction) != StreamProviderDirection.ReadOnly;
}

/// <summary>Where a new group begins.</summary>
public enum KafkaStart
{
    /// <summary>At the oldest record that the log still has.</summary>
    Earliest,

    /// <summary>At what is published from now on.</summary>
    Latest,
}

/// <summary>What happens when the log no longer has the offset to go on from.</summary>
public enum OffsetLostAction
{
    /// <summary>Go on at the oldest record: nothing that is still there is skipped.</summary>
    Earliest,

    /// <summary>Go on at the end: everything published meanwhile is skipped.</summary>
    Latest,

    /// <summary>Read nothing from this partition until somebody sets the group's offset and the silo is started again.</summary>
    Stop,
}
