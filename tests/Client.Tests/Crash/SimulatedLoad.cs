using System.Diagnostics;

namespace Recoup.Client.Tests.Crash;

/// <summary>Runs <c>simulate</c> again and again, a batch of fresh orders each time, so that there is load however long the kills take.</summary>
internal sealed class SimulatedLoad(string gateway, string folder, string record) : IDisposable
{
    private const int Batch = 60;

    private readonly string log = Path.Combine(folder, "simulate.log");
    private int first = 1;
    private Process? running;

    /// <summary>Starts the next batch when the last one is placed, and the same one again when its simulator has lost its patience.</summary>
    public void GoOn()
    {
        if (running is { HasExited: false })
        {
            return;
        }

        first += running is { ExitCode: 0 } ? Batch : 0;
        Start();
    }

    /// <summary>The simulator has found the silo, and orders are coming in.</summary>
    public Task UntilAcknowledgedAsync(CancellationToken cancellationToken) =>
        Patience.UntilAsync(() => File.Exists(record) && new FileInfo(record).Length > 0, "an order is acknowledged", cancellationToken);

    /// <summary>Places the batch at hand to its end.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        await running!.WaitForExitAsync(cancellationToken);
        if (running.ExitCode != 0)
        {
            Start();
            await running.WaitForExitAsync(cancellationToken);
        }

        Assert.AreEqual(0, running.ExitCode, await File.ReadAllTextAsync(log, cancellationToken));
    }

    public void Dispose()
    {
        if (running is { HasExited: false })
        {
            running.Kill();
            running.WaitForExit();
        }

        running?.Dispose();
        running = null;
    }

    private void Start()
    {
        running?.Dispose();
        running = Executables.Start(
            "Client", log, new Dictionary<string, string>(),
            "simulate", "--payments", $"{Batch}", "--first", $"{first}", "--rate", "12", "--until", "accepted", "--bad-records", "0", "--gateway", gateway, "--record", record, "--json");
    }
}
