namespace Recoup.Lakehouse.FlinkSql.Running;

/// <summary>A record as Kafka keeps it. A value that is null is a tombstone; an empty one is not.</summary>
/// <param name="Timestamp">When Kafka or its producer dated the record, UTC.</param>
public readonly record struct SourceRecord(int Partition, long Offset, DateTimeOffset Timestamp, byte[]? Key, byte[]? Value);
