using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Recoup.Silo.Hosting;

namespace Recoup.Payments.Bench.Silo;

/// <summary>A silo in a process of its own, with free ports and a temporary data folder that goes with it.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    /// <summary>The world's seed: the same payments in every run.</summary>
    public const int Seed = 42;

    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("payments-bench-silo-");
    private readonly ConcurrentQueue<string> log = new();
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process process = null!;

    public int GatewayPort { get; } = PortCheck.FindFree();

    /// <summary>The silo's data folder.</summary>
    public string DataFolder => folder.FullName;

    public int ProcessId => process.Id;

    public string GrainFile => Path.Combine(folder.FullName, "grains.db");

    /// <summary>Warnings and errors that it has logged.</summary>
    public IReadOnlyCollection<string> Log => log;

    public static Task<SiloProcess> StartAsync(double clockScale, CancellationToken cancellationToken) => StartAsync(
        new Dictionary<string, string> { ["Clock__Scale"] = clockScale.ToString(CultureInfo.InvariantCulture) },
        cancellationToken);

    /// <param name="settings">Environment variables of the silo; they outrank the ports and the seed that it gets otherwise.</param>
    /// <param name="cancellationToken">Ends the wait for its start.</param>
    public static async Task<SiloProcess> StartAsync(IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var silo = new SiloProcess();
        try
        {
            await silo.RunAsync(settings, cancellationToken);
            return silo;
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            process.StandardInput.Close();
            using var patience = new CancellationTokenSource(StopPatience);
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill();
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }

        process?.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task RunAsync(IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        process = Process.Start(StartInfo(settings))!;
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        if (await Task.WhenAny(ready.Task, process.WaitForExitAsync(cancellationToken)) != ready.Task)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new InvalidOperationException($"The silo did not start: {string.Join(Environment.NewLine, log)}");
        }
    }

    private ProcessStartInfo StartInfo(IReadOnlyDictionary<string, string> given)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Recoup.Payments.Bench.dll"), "silo"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var settings = new Dictionary<string, string>
        {
            // As src/Silo sets it for itself.
            ["DOTNET_gcServer"] = "1",
            ["DOTNET_HillClimbing_Disable"] = "1",
            ["Recoup__DataDirectory"] = folder.FullName,
            ["Http__Port"] = Text(PortCheck.FindFree()),
            ["Orleans__SiloPort"] = Text(PortCheck.FindFree()),
            ["Orleans__GatewayPort"] = Text(GatewayPort),
            ["Temporal__Port"] = Text(PortCheck.FindFree()),
            ["Kafka__Port"] = Text(PortCheck.FindFree()),
            ["Gateway__Seed"] = Text(Seed),
            ["Logging__LogLevel__Recoup"] = "Warning",
        };
        foreach (var (name, value) in settings.Concat(given))
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private void Keep(string? line)
    {
        if (line == MeasuredSilo.Ready)
        {
            ready.SetResult();
        }
        else if (!string.IsNullOrWhiteSpace(line))
        {
            log.Enqueue(line);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
