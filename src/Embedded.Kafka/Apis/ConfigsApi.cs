using System.Globalization;
using Recoup.Embedded.Kafka.Protocol;
using Recoup.Embedded.Kafka.Topics;

namespace Recoup.Embedded.Kafka.Apis;

/// <summary>DescribeConfigs: settings of topics and of the broker. They can be set when a topic is made, and not changed.</summary>
internal sealed class ConfigsApi(TopicRegistry topics, BrokerIdentity broker)
{
    private const sbyte TopicResource = 2;
    private const sbyte BrokerResource = 4;

    public WireWriter Handle(in RequestContext request)
    {
        var body = request.Body;
        var version = request.Version;
        var resources = new List<(sbyte Type, string Name, List<string>? Keys)>();
        for (var left = body.ArrayLength(); left > 0; left--)
        {
            resources.Add((unchecked((sbyte)body.Byte()), body.String(), ReadKeys(ref body)));
        }

        var withSynonyms = body.Boolean();
        var answer = request.Answer(4_096);
        answer.NoThrottle();
        answer.Int32(resources.Count);
        foreach (var (type, name, keys) in resources)
        {
            var (refusal, entries) = Describe(type, name);
            var chosen = entries.Where(entry => keys is not { Count: > 0 } || keys.Contains(entry.Name)).ToArray();
            answer.Error(refusal?.Error ?? ErrorCode.None);
            answer.Message(refusal?.Message);
            answer.Byte(unchecked((byte)type));
            answer.String(name);
            answer.Int32(chosen.Length);
            foreach (var entry in chosen)
            {
                entry.Write(answer, version, withSynonyms);
            }
        }

        return answer;
    }

    /// <summary>No list, like an empty one, asks for everything.</summary>
    private static List<string>? ReadKeys(ref WireReader body)
    {
        var count = body.NullableArrayLength();
        if (count < 0)
        {
            return null;
        }

        var keys = new List<string>();
        for (; count > 0; count--)
        {
            keys.Add(body.String());
        }

        return keys;
    }

    private (TopicRefusal? Refusal, IEnumerable<Entry> Entries) Describe(sbyte type, string name) => type switch
    {
        TopicResource when TopicName.Problem(name) is { } problem => (new(ErrorCode.InvalidTopic, problem), []),
        TopicResource when topics.Find(name) is { } topic => (null, TopicSetting.All.Select(setting => Entry.Of(topic, setting, topics.Defaults))),
        TopicResource => (new(ErrorCode.UnknownTopicOrPartition, null), []),
        BrokerResource when name.Length > 0 && !int.TryParse(name, CultureInfo.InvariantCulture, out _) => (new(ErrorCode.InvalidRequest, $"Broker id must be an integer, but it is: {name}"), []),
        BrokerResource when name.Length > 0 && int.Parse(name, CultureInfo.InvariantCulture) != BrokerIdentity.NodeId =>
            (new(ErrorCode.InvalidRequest, $"Unexpected broker id, expected {BrokerIdentity.NodeId} or empty string, but received {name}"), []),
        BrokerResource => (null, BrokerEntries()),
        _ => (new(ErrorCode.InvalidRequest, $"Resource type {type} has no settings here: 2 is a topic, 4 a broker."), []),
    };

    private IEnumerable<Entry> BrokerEntries()
    {
        var defaults = topics.Defaults;
        yield return Entry.OfBroker("auto.create.topics.enable", SettingType.Boolean, broker.AutoCreatesTopics ? "true" : "false");
        yield return Entry.OfBroker("broker.id", SettingType.Int, BrokerIdentity.NodeId.ToString(CultureInfo.InvariantCulture));
        yield return Entry.OfBroker("log.retention.bytes", SettingType.Long, Entry.Default(TopicSetting.RetentionBytes, defaults)!);
        yield return Entry.OfBroker("log.retention.ms", SettingType.Long, Entry.Default(TopicSetting.RetentionTime, defaults)!);
        yield return Entry.OfBroker("log.segment.bytes", SettingType.Int, Entry.Default(TopicSetting.SegmentBytes, defaults)!);
        yield return Entry.OfBroker("message.max.bytes", SettingType.Int, Entry.Default(TopicSetting.MaxMessageBytes, defaults)!);
        yield return Entry.OfBroker("num.partitions", SettingType.Int, defaults.Partitions.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>One setting and where its value comes from.</summary>
    private sealed record Entry(string Name, string Value, SettingType Type, sbyte Source, bool IsReadOnly)
    {
        private const sbyte FromTopic = 1;
        private const sbyte FromClusterDefault = 3;
        private const sbyte FromBrokerFile = 4;
        private const sbyte FromDefault = 5;

        public static Entry Of(Topic topic, TopicSetting setting, TopicDefaults defaults) =>
            topic.Record.Settings.TryGetValue(setting.Name, out var value)
                ? new(setting.Name, value, setting.Type, FromTopic, false)
                : Default(setting.Name, defaults) is { } given && given != setting.Default
                    ? new(setting.Name, given, setting.Type, FromBrokerFile, false)
                    : new(setting.Name, setting.Default, setting.Type, setting.Name == TopicSetting.MinInSyncReplicas ? FromClusterDefault : FromDefault, false);

        public static Entry OfBroker(string name, SettingType type, string value) => new(name, value, type, FromBrokerFile, true);

        /// <summary>What the broker's options say about a topic's setting; null when nothing.</summary>
        public static string? Default(string name, TopicDefaults defaults)
        {
            long? number = name switch
            {
                TopicSetting.MaxMessageBytes => defaults.MaxMessageBytes,
                TopicSetting.SegmentBytes => defaults.Log.SegmentBytes,
                TopicSetting.SegmentAge => (long)defaults.Log.SegmentAge.TotalMilliseconds,
                TopicSetting.RetentionTime => (long?)defaults.Log.RetentionTime?.TotalMilliseconds ?? -1,
                TopicSetting.RetentionBytes => defaults.Log.RetentionBytes ?? -1,
                _ => null,
            };
            return number?.ToString(CultureInfo.InvariantCulture);
        }

        public void Write(WireWriter answer, short version, bool withSynonyms)
        {
            answer.String(Name);
            answer.NullableString(Value);
            answer.Boolean(IsReadOnly);
            answer.Byte(unchecked((byte)Source));
            answer.Boolean(false); // Nothing here is secret.
            answer.Int32(withSynonyms ? 1 : 0);
            if (withSynonyms)
            {
                answer.String(Name);
                answer.NullableString(Value);
                answer.Byte(unchecked((byte)Source));
            }

            if (version >= 3)
            {
                answer.Byte(unchecked((byte)Type));
                answer.NullableString(null); // Documentation: see Kafka's.
            }
        }
    }
}
