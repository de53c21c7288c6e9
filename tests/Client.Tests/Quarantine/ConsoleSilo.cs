using System.Globalization;
using System.Text.Json;
using Confluent.Kafka;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Recoup.Client.CommandLine;
using Recoup.Silo.Hosting;

namespace Recoup.Client.Tests.Quarantine;

/// <summary>A silo in this process, on free ports, and the console that is pointed at it.</summary>
internal sealed class ConsoleSilo : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("recoup-console-");
    private readonly RecoupHost host;
    private readonly IProducer<string, byte[]?> producer;

    private ConsoleSilo()
    {
        var settings = new Dictionary<string, string?> { ["Recoup:DataDirectory"] = folder.FullName, ["Gateway:Seed"] = "7" };
        foreach (var port in new[] { "Http:Port", "Orleans:SiloPort", "Orleans:GatewayPort", "Temporal:Port", "Kafka:Port" })
        {
            settings[port] = PortCheck.FindFree().ToString(CultureInfo.InvariantCulture);
        }

        host = RecoupHost.Build([], configuration => configuration.AddInMemoryCollection(settings), builder => builder.Logging.ClearProviders());
        producer = new ProducerBuilder<string, byte[]?>(new ProducerConfig { BootstrapServers = host.Settings.Kafka.TargetServers }).SetLogHandler(static (_, _) => { }).Build();
    }

    public static async Task<ConsoleSilo> StartAsync()
    {
        var silo = new ConsoleSilo();
        await silo.host.StartAsync(CancellationToken.None);
        return silo;
    }

    /// <summary>Publishes a record and answers where it lies, as <c>topic/partition/offset</c>.</summary>
    public async Task<string> PublishAsync(string topic, byte[]? value)
    {
        var report = await producer.ProduceAsync(new TopicPartition(topic, 0), new Message<string, byte[]?> { Key = "k", Value = value! });
        return string.Create(CultureInfo.InvariantCulture, $"{topic}/{report.Partition.Value}/{report.Offset.Value}");
    }

    public async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await RecoupCommandLine.RunAsync([.. arguments, "--url", host.HttpAddress.GetLeftPart(UriPartial.Authority)], output, error, EnvironmentSettings.Empty());
        return (code, output.ToString(), error.ToString());
    }

    /// <summary>The document that a command prints, which must have gone well.</summary>
    public async Task<JsonElement> ReadAsync(params string[] arguments)
    {
        var (code, output, error) = await RunAsync([.. arguments, "--json"]);
        Assert.AreEqual(ExitCodes.Success, code, error + output);
        return JsonSerializer.Deserialize<JsonElement>(output);
    }

    public async ValueTask DisposeAsync()
    {
        producer.Dispose();
        await host.StopAsync(CancellationToken.None);
        await host.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
