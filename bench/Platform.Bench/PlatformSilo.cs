using System.Globalization;
using System.Security.Cryptography;
using Recoup.Client.Queries;
using Recoup.Clock;
using Recoup.Payments.Bench.Load;
using Recoup.Payments.Bench.Silo;
using Recoup.Silo.Hosting;

namespace Recoup.Platform.Bench;

/// <summary>
/// The whole platform in a process of its own: what <c>src/Silo</c> is without any setting, but for free ports, a temporary folder, a fast clock and a
/// calendar to match.
/// </summary>
internal sealed class PlatformSilo : IAsyncDisposable
{
    private readonly SiloProcess process;
    private readonly LoadConnection connection;

    private PlatformSilo(SiloProcess process, LoadConnection connection, IReadOnlyDictionary<string, string> settings)
    {
        this.process = process;
        this.connection = connection;
        Kafka = $"127.0.0.1:{settings["Kafka__Port"]}";
        Temporal = $"127.0.0.1:{settings["Temporal__Port"]}";
        Queries = new LakeQuery(new Uri($"http://127.0.0.1:{settings["Http__Port"]}"));

        // The anchors are in the data folder, so that this is the silo's own clock.
        Clock = BusinessClock.Open(process.DataFolder, new ClockOptions { Scale = BenchPlan.ClockScale }, TimeProvider.System);
    }

    public string Kafka { get; }

    public string Temporal { get; }

    public LakeQuery Queries { get; }

    public IBusinessClock Clock { get; }

    public IGrainFactory Grains => connection.Grains;

    public int ProcessId => process.ProcessId;

    public string DataFolder => process.DataFolder;

    /// <summary>Warnings and errors that it has logged.</summary>
    public IReadOnlyCollection<string> Log => process.Log;

    public Task<SiloUsage> ReadUsageAsync() => Grains.GetGrain<IProbeGrain>(0).GetUsageAsync();

    public static async Task<PlatformSilo> StartAsync(BenchPlan plan, CancellationToken cancellationToken)
    {
        var settings = SettingsOf(plan);
        var process = await SiloProcess.StartAsync(settings, cancellationToken);
        try
        {
            var gateway = int.Parse(settings["Orleans__GatewayPort"], CultureInfo.InvariantCulture);
            return new PlatformSilo(process, await LoadConnection.OpenAsync(gateway, cancellationToken), settings);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Queries.Dispose();
        await connection.DisposeAsync();
        await process.DisposeAsync();
    }

    private static Dictionary<string, string> SettingsOf(BenchPlan plan)
    {
        var http = FreePort();
        return new Dictionary<string, string>
        {
            ["Http__Port"] = http,
            ["Orleans__GatewayPort"] = FreePort(),
            ["Kafka__Port"] = FreePort(),
            ["Temporal__Port"] = FreePort(),
            ["Clock__Scale"] = BenchPlan.ClockScale.ToString(CultureInfo.InvariantCulture),
            ["Clock__StartsBefore"] = plan.ClockStartsBefore,
            ["Pipeline__Cron"] = plan.HasPipeline ? BenchPlan.PipelineCron : "Never",
            // The simulated providers sign their webhooks with these.
            ["Stripe__WebhookSecret"] = $"whsec_{NewSecret()}",
            ["Square__SignatureKey"] = NewSecret(),
            ["Square__NotificationUrl"] = $"http://127.0.0.1:{http}/webhooks/square",
        };
    }

    private static string FreePort() => PortCheck.FindFree().ToString(CultureInfo.InvariantCulture);

    private static string NewSecret() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
