using System.CommandLine;
using Recoup.Client.CommandLine;

namespace Recoup.Client.Connections;

/// <summary>The options that say where the silo and the workflow server are. Without one, the silo's own settings count, then its defaults.</summary>
internal static class ConnectionOptions
{
    public static Option<HostAndPort> Gateway(EnvironmentSettings settings) => HostAndPort.Option(
        "--gateway",
        "The silo's Orleans gateway.",
        $"127.0.0.1:{settings.Find("Orleans__GatewayPort", "30000")}");

    public static Option<HostAndPort> Temporal(EnvironmentSettings settings) => HostAndPort.Option(
        "--temporal",
        "The Temporal frontend, embedded or not.",
        settings.Find("Temporal__Address") ?? $"127.0.0.1:{settings.Find("Temporal__Port", "7233")}");

    public static Option<string> Kafka(EnvironmentSettings settings) => new("--kafka")
    {
        Description = "The Kafka brokers, embedded or not.",
        HelpName = "host:port",
        DefaultValueFactory = _ => settings.Find("Kafka__BootstrapServers") ?? $"127.0.0.1:{settings.Find("Kafka__Port", "9092")}",
    };

    public static Option<string> Namespace(EnvironmentSettings settings) => new("--namespace")
    {
        Description = "The Temporal namespace.",
        DefaultValueFactory = _ => settings.Find("Temporal__Namespace", "default"),
    };

    public static Option<Uri> Url(EnvironmentSettings settings) => new("--url")
    {
        Description = "Where the silo listens for HTTP.",
        HelpName = "url",
        DefaultValueFactory = _ => new Uri($"http://{settings.Find("Http__Address", "127.0.0.1")}:{settings.Find("Http__Port", "8080")}"),
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            {
                return url;
            }

            result.AddError($"'{text}' is not an address: write one such as http://127.0.0.1:8080.");
            return null;
        },
    };
}
