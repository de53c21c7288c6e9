using System.Globalization;
using Recoup.Simulation;

namespace Recoup.Silo.Hosting;

/// <summary>What a person wants to know once it runs.</summary>
public static class StartBanner
{
    public static async Task WriteAsync(RecoupHost host, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(output);
        var settings = host.Settings;
        var temporal = settings.Temporal.IsEmbedded ? $"{settings.Temporal.TargetAddress} (embedded)" : settings.Temporal.TargetAddress;
        var workflows = settings.Temporal.IsEmbedded ? $"{host.HttpAddress}workflows" : "in the Temporal UI of that cluster";
        var seed = await host.Grains.GetGrain<ISimulatedProcessorGrain>(0).GetSeedAsync();
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"""
            Recoup is running. Ctrl-C stops it.
              API        {host.HttpAddress}payments, described at {host.HttpAddress}openapi/v1.json
              dashboard  {host.HttpAddress}dashboard
              workflows  {workflows}
              metrics    {host.HttpAddress}metrics
              Orleans    127.0.0.1:{settings.Silo.SiloPort}, clients at 127.0.0.1:{settings.Silo.GatewayPort}
              Temporal   {temporal}, namespace {settings.Temporal.Namespace}
              Kafka      {settings.Kafka.TargetServers}{(settings.Kafka.IsEmbedded ? " (embedded)" : "")}
              data       {settings.DataFolder}
              gateway    {settings.Gateway.Provider}, seed {seed}
              clock      {settings.Clock.Scale} business seconds a second
            """));
    }
}
