using Recoup.Silo.Settings;

namespace Recoup.Silo.Lake.Scripts;

/// <summary>What every Kafka client of the lake takes in place of the scripts' <c>properties.*</c>.</summary>
internal static class ClientSettings
{
    public static Dictionary<string, string> Of(KafkaOptions kafka) =>
        new(kafka.Client, StringComparer.Ordinal) { ["bootstrap.servers"] = kafka.TargetServers };
}
