namespace Recoup.Streaming.Kafka.Producing;

/// <summary>Where a record lies in the log.</summary>
public readonly record struct RecordPosition(string Topic, int Partition, long Offset);
