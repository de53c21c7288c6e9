using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Recoup.Client.CommandLine;
using Recoup.Clock;
using Recoup.Lakehouse.Query;
using Recoup.Pipeline.Monitors;
using Recoup.Silo.Hosting;
using Recoup.Silo.Settings;

namespace Recoup.Client.Demo;

/// <summary>The silo of a demo: in this process, on free ports, with secrets of its own and, unless a folder was named, data that go when it goes.</summary>
internal sealed class DemoSilo : IAsyncDisposable
{
    private const int StartsMax = 5;

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

    public IQueryEngine Queries => host.Services.GetRequiredService<IQueryEngine>();

    /// <summary>Records in the log that stand in no table yet.</summary>
    public async Task<long> ReadValidationLagAsync(CancellationToken cancellationToken) =>
        (await host.Services.GetRequiredService<ValidationProgress>().ReadLagAsync(cancellationToken)).Values.Sum();

    public string Gateway => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{host.Settings.Silo.GatewayPort}");

    public string Temporal => host.Settings.Temporal.TargetAddress;

    public string Kafka => host.Settings.Kafka.TargetServers;

    public IReadOnlyDictionary<string, string> KafkaSettings => host.Settings.Kafka.Client;

    public string DataFolder => host.Settings.DataFolder;

    public bool IsTemporary => temporaryFolder is not null;

    public string StripeSecret { get; }

    public string SquareKey { get; }

    /// <exception cref="CommandFailedException">It does not start; the message says which setting to change.</exception>
    public static async Task<DemoSilo> StartAsync(DemoPlan plan, EnvironmentSettings environment, HeldLog log, CancellationToken cancellationToken)
    {
        for (var start = 1; ; start++)
        {
            try
            {
                return await StartOnceAsync(plan, environment, log, cancellationToken);
            }
            catch (Exception failure) when (IsTakenPort(failure) && start < StartsMax)
            {
                // Another program took a port between the look and the bind: look again.
                log.Clear();
            }
            catch (Exception failure) when (StartFailure.Explain(failure) is { } line)
            {
                throw new CommandFailedException(line, innerException: failure);
            }
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

    private static async Task<DemoSilo> StartOnceAsync(DemoPlan plan, EnvironmentSettings environment, HeldLog log, CancellationToken cancellationToken)
    {
        var temporary = plan.DataFolder is null ? Directory.CreateTempSubdirectory("recoup-demo-").FullName : null;
        var settings = SettingsOf(plan, plan.DataFolder ?? temporary!, environment);
        RecoupHost? host = null;
        try
        {
            host = RecoupHost.Build([], configuration => configuration.AddInMemoryCollection(settings), builder => Customise(builder, log));
            await host.StartAsync(cancellationToken);
            return new DemoSilo(host, temporary, settings);
        }
        catch
        {
            if (host is not null)
            {
                await host.DisposeAsync();
            }

            Remove(temporary);
            throw;
        }
    }

    private static bool IsTakenPort(Exception? failure) => failure switch
    {
        null => false,
        AddressInUseException or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } => true,
        StartRefusedException { Message: var message } when message.StartsWith("Port ", StringComparison.Ordinal) => true,
        _ => IsTakenPort(failure.InnerException),
    };

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
            ["Kafka:Port"] = FreePort(environment.Find("Kafka__Port", "9092")),
            ["Clock:Scale"] = plan.Scale.ToString(CultureInfo.InvariantCulture),
            ["Clock:StartsBefore"] = plan.StartsBefore.ToString("c", CultureInfo.InvariantCulture),
            ["Validation:Engine"] = nameof(ValidationEngine.Embedded),
            ["Query:Engine"] = "DuckDb",
            ["Pipeline:Cron"] = plan.PipelineCron,
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
