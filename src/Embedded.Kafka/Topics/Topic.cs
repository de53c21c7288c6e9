using System.Globalization;
using Recoup.Embedded.Kafka.Log;
using Recoup.Embedded.Kafka.Records;

namespace Recoup.Embedded.Kafka.Topics;

/// <summary>A topic and its partitions.</summary>
internal sealed class Topic
{
    public Topic(TopicRecord record, TopicDefaults defaults, Func<int, LogSettings, PartitionLog> open)
    {
        Record = record;
        var timestampType = Value(TopicSetting.TimestampType, "CreateTime");
        Limits = new TopicLimits(
            (int)Number(TopicSetting.MaxMessageBytes, defaults.MaxMessageBytes),
            timestampType == TopicSetting.LogAppendTime,
            Number(TopicSetting.TimestampAheadMax, (long)TimeSpan.FromHours(1).TotalMilliseconds),
            Number(TopicSetting.TimestampBehindMax, long.MaxValue));
        var log = defaults.Log;
        var settings = log with
        {
            SegmentBytes = Number(TopicSetting.SegmentBytes, log.SegmentBytes),
            SegmentAge = Time(TopicSetting.SegmentAge, log.SegmentAge)!.Value,
            RetentionTime = Time(TopicSetting.RetentionTime, log.RetentionTime),
            RetentionBytes = Number(TopicSetting.RetentionBytes, log.RetentionBytes ?? -1) is >= 0 and var most ? most : null,
        };
        Partitions = [.. Enumerable.Range(0, record.Partitions).Select(index => open(index, settings))];
    }

    public TopicRecord Record { get; }

    public string Name => Record.Name;

    public TopicLimits Limits { get; }

    public IReadOnlyList<PartitionLog> Partitions { get; }

    public PartitionLog? Partition(int index) => index >= 0 && index < Partitions.Count ? Partitions[index] : null;

    private string Value(string setting, string otherwise) => Record.Settings.GetValueOrDefault(setting, otherwise);

    private long Number(string setting, long otherwise) =>
        Record.Settings.TryGetValue(setting, out var value) ? long.Parse(value, CultureInfo.InvariantCulture) : otherwise;

    /// <summary>Milliseconds; -1 is for ever, and so is more than .NET's times can hold.</summary>
    private TimeSpan? Time(string setting, TimeSpan? otherwise) =>
        Record.Settings.TryGetValue(setting, out _)
            ? Number(setting, 0) is >= 0 and var milliseconds ? TimeSpan.FromMilliseconds(Math.Min(milliseconds, (long)TimeSpan.MaxValue.TotalMilliseconds / 2)) : null
            : otherwise;
}

/// <summary>What is kept of a topic on disk, beside its records.</summary>
internal sealed record TopicRecord(string Name, int Partitions, Dictionary<string, string> Settings);

/// <summary>What a topic has that says nothing else.</summary>
internal sealed record TopicDefaults(int Partitions, int MaxMessageBytes, LogSettings Log);
