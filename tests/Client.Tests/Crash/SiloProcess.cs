using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Recoup.Client.Tests.Crash;

/// <summary>A silo in a process of its own, on free ports and a data folder that outlives it.</summary>
/// <param name="folder">Where its data folder and its log are.</param>
/// <param name="seed">Of the simulated world.</param>
/// <param name="pipelineCron">The pipeline's calendar; by default every business hour, which at this clock is one run after the other.</param>
internal sealed class SiloProcess(string folder, int seed, string pipelineCron = "0 0 * * * ?") : IDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(2);
    private static readonly HttpClient Http = new();

    private readonly int[] ports = FreePorts(5);
    private Process? process;

    public string Gateway => $"127.0.0.1:{ports[2]}";

    public string Kafka => $"127.0.0.1:{ports[4]}";

    public string Url => $"http://127.0.0.1:{ports[0]}";

    /// <summary>Business seconds a wall second, from the next start on.</summary>
    public int ClockScale { get; set; } = 20_000;

    public string DataFolder => Path.Combine(folder, "data");

    private Uri Ready => new($"http://127.0.0.1:{ports[0]}/health/ready");

    /// <summary>Starts it, and answers when it is ready for payments.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        process = Executables.Start("Silo", Path.Combine(folder, "silo.log"), new Dictionary<string, string>
        {
            ["Recoup__DataDirectory"] = DataFolder,
            ["Http__Port"] = $"{ports[0]}",
            ["Orleans__SiloPort"] = $"{ports[1]}",
            ["Orleans__GatewayPort"] = $"{ports[2]}",
            ["Temporal__Port"] = $"{ports[3]}",
            ["Kafka__Port"] = $"{ports[4]}",
            ["Clock__Scale"] = $"{ClockScale}",
            ["Clock__StartsBefore"] = "3650.00:00:00",
            ["Gateway__Seed"] = $"{seed}",
            ["Gateway__Faults"] = "timeout_after=0.02,5xx=0.02",
            ["Stripe__WebhookSecret"] = "whsec_of_the_crash_test",
            ["Square__SignatureKey"] = "key_of_the_crash_test",
            ["Square__NotificationUrl"] = $"http://127.0.0.1:{ports[0]}/webhooks/square",
            ["Pipeline__Cron"] = pipelineCron,
            ["Attention__Interval"] = "00:00:02",
            ["Logging__LogLevel__Default"] = "Warning",
            ["Logging__LogLevel__Recoup"] = "Warning",
        });
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(StartPatience);
        using var rounds = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await IsReadyAsync(patience.Token))
        {
            Assert.IsFalse(process.HasExited, $"the silo ended by itself; see {folder}/silo.log");
            await rounds.WaitForNextTickAsync(patience.Token);
        }
    }

    /// <summary>SIGKILL: no handler runs, no buffer is flushed.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        process!.Kill();
        await process.WaitForExitAsync(cancellationToken);
        process.Dispose();
        process = null;
    }

    public void Dispose()
    {
        if (process is { HasExited: false })
        {
            process.Kill();
            process.WaitForExit();
        }

        process?.Dispose();
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await Http.GetAsync(Ready, cancellationToken);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        foreach (var listener in listeners)
        {
            listener.Start();
        }

        var free = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        foreach (var listener in listeners)
        {
            listener.Dispose();
        }

        return free;
    }
}
