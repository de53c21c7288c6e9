using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Recoup.Client.CommandLine;
using Recoup.Clock;
using Recoup.Silo.Hosting;

namespace Recoup.Client.Demo;

/// <summary>The silo of a demo: in this process, on free ports, with secrets of its own and, unless a folder was named, data that go when it goes.</summary>
internal sealed class DemoSilo : IAsyncDisposable
{
    private readonly RecoupHost host;
    private readonly string? temporaryFolder;

    private DemoSilo(RecoupHost host, string? temporaryFolder, IReadOnlyDictionary<string, string?> settings)
    {
        this.host = host;
        this.temporaryFolder = temporaryFolder;
        StripeSecret = settings["Stripe:WebhookSecret"]!;
        SquareKey = settings["Square:SignatureKey"]!;
    }

    public IGrainFactory Grains => host.Grains;

    public IBusinessClock Clock => host.Services.GetRequiredService<IBusinessClock>();

    public Uri HttpAddress => host.HttpAddress;

    public string Gateway => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{host.Settings.Silo.GatewayPort}");

    public string Temporal => host.Settings.Temporal.TargetAddress;

    public string DataFolder => host.Settings.DataFolder;

    public bool IsTemporary => temporaryFolder is not null;

    public string StripeSecret { get; }

    public string SquareKey { get; }

    /// <exception cref="CommandFailedException">It does not start; the message says which setting to change.</exception>
    public static async Task<DemoSilo> StartAsync(DemoPlan plan, EnvironmentSettings environment, HeldLog log, CancellationToken cancellationToken)
    {
        var temporary = plan.DataFolder is null ? Directory.CreateTempSubdirectory("recoup-demo-").FullName : null;
        var settings = SettingsOf(plan, plan.DataFolder ?? temporary!, environment);
        try
        {
            var host = RecoupHost.Build([], configuration => configuration.AddInMemoryCollection(settings), builder => Customise(builder, log));
            var silo = new DemoSilo(host, temporary, settings);
            await host.StartAsync(cancellationToken);
            return silo;
        }
        catch (Exception failure) when (StartFailure.Explain(failure) is { } line)
        {
            Remove(temporary);
            throw new CommandFailedException(line, innerException: failure);
        }
    }

    /// <summary>Completes at Ctrl-C or SIGTERM.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => host.WaitForShutdownAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        await host.DisposeAsync();
        Remove(temporaryFolder);
    }

    private static Dictionary<string, string?> SettingsOf(DemoPlan plan, string folder, EnvironmentSettings environment)
    {
        var http = FreePort(environment.Find("Http__Port", "8080"));
        return new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Recoup:DataDirectory"] = folder,
            ["Http:Port"] = http,
            ["Orleans:SiloPort"] = FreePort(environment.Find("Orleans__SiloPort", "11111")),
            ["Orleans:GatewayPort"] = FreePort(environment.Find("Orleans__GatewayPort", "30000")),
            ["Temporal:Port"] = FreePort(environment.Find("Temporal__Port", "7233")),
            ["Clock:Scale"] = plan.Scale.ToString(CultureInfo.InvariantCulture),
            ["Clock:StartsBefore"] = DemoPlan.StartsBefore.ToString("c", CultureInfo.InvariantCulture),
            ["Gateway:Seed"] = plan.Seed?.ToString(CultureInfo.InvariantCulture) ?? environment.Find("Gateway__Seed"),
            ["Stripe:WebhookSecret"] = environment.Find("Stripe__WebhookSecret") ?? $"whsec_{NewSecret()}",
            ["Square:SignatureKey"] = environment.Find("Square__SignatureKey") ?? NewSecret(),
            ["Square:NotificationUrl"] = environment.Find("Square__NotificationUrl") ?? $"http://127.0.0.1:{http}/webhooks/square",
        };
    }

    /// <summary>The port that is wanted, or another one when it is taken.</summary>
    private static string FreePort(string wanted) =>
        int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && !PortCheck.IsFree(IPAddress.Loopback, port)
            ? PortCheck.FindFree().ToString(CultureInfo.InvariantCulture)
            : wanted;

    private static string NewSecret() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>What the silo logs would tear the screen: it is held back, and shown afterwards.</summary>
    private static void Customise(WebApplicationBuilder builder, HeldLog log)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(log);
    }

    private static void Remove(string? folder)
    {
        if (folder is not null)
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
