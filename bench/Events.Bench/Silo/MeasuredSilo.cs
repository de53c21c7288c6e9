using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Streams;
using Recoup.Events.Bench.Grains;
using Recoup.Events.Bench.Load;
using Recoup.Streaming.Kafka.Hosting;

namespace Recoup.Events.Bench.Silo;

/// <summary>A silo in this process that has nothing but the stream provider, with its default options.</summary>
internal static class MeasuredSilo
{
    public const string Provider = "kafka";
    public const string PublishedTopic = "published";
    public const string DeliveredTopic = "delivered";
    public const string PlainTopic = "plain";
    public const string RawTopic = "raw";
    public const string DeadLetterTopic = "dead";
    public const int Partitions = 4;

    /// <summary>Topics that the broker is started with.</summary>
    public static IReadOnlyList<string> Topics { get; } =
        [.. new[] { PublishedTopic, DeliveredTopic, PlainTopic, RawTopic }.Select(topic => $"{topic}={Partitions}"), $"{DeadLetterTopic}=1"];

    /// <param name="bootstrapServers">The measured broker.</param>
    /// <param name="callMax">How long a call to a grain may take: as long as a measurement and more.</param>
    public static async Task<IHost> StartAsync(string bootstrapServers, TimeSpan callMax)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders().AddSimpleConsole().SetMinimumLevel(LogLevel.Warning);
        builder.Logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(static console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddSingleton<DeliveryLog>();
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(FreePort(), FreePort());
            silo.Configure<EndpointOptions>(static endpoints => endpoints.AdvertisedIPAddress = IPAddress.Loopback);
            silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = callMax);
            silo.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = callMax);
            silo.AddKafka(Provider)
                .WithOptions(options => (options.BootstrapServers, options.GroupId, options.DeadLetterTopic) = (bootstrapServers, "bench", DeadLetterTopic))
                .AddTopic<BenchEvent>(PublishedTopic, static topic => topic.Direction = StreamProviderDirection.WriteOnly)
                .AddTopic<BenchEvent>(DeliveredTopic);
        });
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
