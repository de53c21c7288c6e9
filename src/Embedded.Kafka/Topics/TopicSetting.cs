using System.Globalization;

namespace Recoup.Embedded.Kafka.Topics;

/// <summary>Kafka's types of settings, as DescribeConfigs numbers them.</summary>
internal enum SettingType : sbyte
{
    Boolean = 1,
    String = 2,
    Int = 3,
    Long = 5,
    Double = 6,
    List = 7,
}

/// <summary>One setting of a topic as Kafka 4.1 lists it.</summary>
/// <param name="IsSupported">Whether another value than the default means something to this broker; else it is refused.</param>
/// <param name="Least">The smallest number allowed.</param>
internal sealed record TopicSetting(string Name, SettingType Type, string Default, bool IsSupported = false, long Least = long.MinValue, IReadOnlyList<string>? Choices = null)
{
    public const string CleanupPolicy = "cleanup.policy";
    public const string MaxMessageBytes = "max.message.bytes";
    public const string TimestampType = "message.timestamp.type";
    public const string TimestampAheadMax = "message.timestamp.after.max.ms";
    public const string TimestampBehindMax = "message.timestamp.before.max.ms";
    public const string MinInSyncReplicas = "min.insync.replicas";
    public const string RetentionBytes = "retention.bytes";
    public const string RetentionTime = "retention.ms";
    public const string SegmentBytes = "segment.bytes";
    public const string SegmentAge = "segment.ms";
    public const string LogAppendTime = "LogAppendTime";

    private const string Endless = "9223372036854775807";

    public static readonly TopicSetting[] All =
    [
        new(CleanupPolicy, SettingType.List, "delete", Choices: ["compact", "delete"]),
        new("compression.gzip.level", SettingType.Int, "-1"),
        new("compression.lz4.level", SettingType.Int, "9"),
        new("compression.type", SettingType.String, "producer", Choices: ["uncompressed", "zstd", "lz4", "snappy", "gzip", "producer"]),
        new("compression.zstd.level", SettingType.Int, "3"),
        new("delete.retention.ms", SettingType.Long, "86400000", Least: 0),
        new("file.delete.delay.ms", SettingType.Long, "60000", Least: 0),
        new("flush.messages", SettingType.Long, Endless, Least: 1),
        new("flush.ms", SettingType.Long, Endless, Least: 0),
        new("follower.replication.throttled.replicas", SettingType.List, ""),
        new("index.interval.bytes", SettingType.Int, "4096", Least: 0),
        new("leader.replication.throttled.replicas", SettingType.List, ""),
        new("local.retention.bytes", SettingType.Long, "-2", Least: -2),
        new("local.retention.ms", SettingType.Long, "-2", Least: -2),
        new("max.compaction.lag.ms", SettingType.Long, Endless, Least: 1),
        new(MaxMessageBytes, SettingType.Int, "1048588", IsSupported: true, Least: 0),
        new(TimestampAheadMax, SettingType.Long, "3600000", IsSupported: true, Least: 0),
        new(TimestampBehindMax, SettingType.Long, Endless, IsSupported: true, Least: 0),
        new(TimestampType, SettingType.String, "CreateTime", IsSupported: true, Choices: ["CreateTime", LogAppendTime]),
        new("min.cleanable.dirty.ratio", SettingType.Double, "0.5", Least: 0),
        new("min.compaction.lag.ms", SettingType.Long, "0", Least: 0),
        new(MinInSyncReplicas, SettingType.Int, "1", Least: 1),
        new("preallocate", SettingType.Boolean, "false"),
        new("remote.log.copy.disable", SettingType.Boolean, "false"),
        new("remote.log.delete.on.disable", SettingType.Boolean, "false"),
        new("remote.storage.enable", SettingType.Boolean, "false"),
        new(RetentionBytes, SettingType.Long, "-1", IsSupported: true, Least: -1),
        new(RetentionTime, SettingType.Long, "604800000", IsSupported: true, Least: -1),
        new(SegmentBytes, SettingType.Int, "1073741824", IsSupported: true, Least: 1 << 20),
        new("segment.index.bytes", SettingType.Int, "10485760", Least: 4),
        new("segment.jitter.ms", SettingType.Long, "0", Least: 0),
        new(SegmentAge, SettingType.Long, "604800000", IsSupported: true, Least: 1),
        new("unclean.leader.election.enable", SettingType.Boolean, "false"),
    ];

    private static readonly Dictionary<string, TopicSetting> ByName = All.ToDictionary(setting => setting.Name, StringComparer.Ordinal);

    /// <summary>What is wrong with a value for a topic; null when it can be used.</summary>
    public static string? Problem(string name, string? value)
    {
        if (!ByName.TryGetValue(name, out var setting))
        {
            return $"Unknown topic config name: {name}";
        }

        if (value is null)
        {
            return $"Null value not supported for topic configs: {name}";
        }

        return setting.Problem(value)
            ?? (setting.IsSupported || value == setting.Default ? null : $"{name}={value} is not supported by this broker, which has only {name}={setting.Default}");
    }

    private string? Problem(string value)
    {
        var isNumber = long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
        return Type switch
        {
            SettingType.Int when !isNumber || number != (int)Math.Clamp(number, int.MinValue, int.MaxValue) => $"Invalid value {value} for configuration {Name}: Not a number of type INT",
            SettingType.Long when !isNumber => $"Invalid value {value} for configuration {Name}: Not a number of type LONG",
            SettingType.Int or SettingType.Long when number < Least => $"Invalid value {value} for configuration {Name}: Value must be at least {Least.ToString(CultureInfo.InvariantCulture)}",
            SettingType.Boolean when value is not ("true" or "false") => $"Invalid value {value} for configuration {Name}: Expected value to be either true or false",
            SettingType.Double when !double.TryParse(value, CultureInfo.InvariantCulture, out _) => $"Invalid value {value} for configuration {Name}: Not a number of type DOUBLE",
            _ when Choices is not null && !value.Split(',').All(Choices.Contains) => $"Invalid value {value} for configuration {Name}: String must be one of: {string.Join(", ", Choices)}",
            _ => null,
        };
    }
}
