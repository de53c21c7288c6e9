namespace Recoup.Streaming.Kafka.Producing;

/// <summary>What waits to be sent to one topic, in the order of the calls, and how many partitions the topic has.</summary>
internal sealed class TopicLane(string topic)
{
    public string Topic { get; } = topic;

    /// <summary>0 until the brokers have said it.</summary>
    public int Partitions { get; set; }

    public long CountedAt { get; set; }

    public bool IsCounting { get; set; }

    public Queue<PendingRecord> Waiting { get; } = new();

    public bool IsReady { get; set; }
}
