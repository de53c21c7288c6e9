using System.Globalization;
using Recoup.Streaming.Kafka.Producing;
using Recoup.Streaming.Kafka.Records;

namespace Recoup.Silo.Lake.Quarantine;

/// <summary>The headers that link a replay to its original in the log itself, for every reader that has no lake.</summary>
public static class ReplayHeaders
{
    /// <summary>The original: <c>topic/partition/offset</c>.</summary>
    public const string ReplayOf = "replay-of";

    /// <summary>Which attempt it is, from 1.</summary>
    public const string Attempt = "replay-attempt";

    internal static KafkaMessage Message(ReplayEntry entry) => new(
        entry.Original.Topic,
        entry.Key,
        entry.Record,
        new KafkaHeader(HeaderNames.EventType, entry.EventType),
        new KafkaHeader(HeaderNames.SchemaVersion, entry.SchemaVersion),
        new KafkaHeader(ReplayOf, entry.Original.ToString()),
        new KafkaHeader(Attempt, entry.Attempt.ToString(CultureInfo.InvariantCulture)));
}
