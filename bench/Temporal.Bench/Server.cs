using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Recoup.Temporal.Bench;

/// <summary>The measured server, in a process of its own with a database file.</summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("temporal-bench-").FullName;
    private Process? process;

    public int Port { get; } = FreePort();

    public TimeSpan Cpu
    {
        get
        {
            process!.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Resident memory in bytes.</summary>
    public long Memory
    {
        get
        {
            process!.Refresh();
            return process.WorkingSet64;
        }
    }

    public long FileBytes => Directory.GetFiles(folder).Sum(file => new FileInfo(file).Length);

    /// <returns>How long it took until it answered.</returns>
    public async Task<TimeSpan> StartAsync()
    {
        var watch = Stopwatch.StartNew();
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in new[]
        {
            Path.Combine(AppContext.BaseDirectory, "Recoup.Embedded.Temporal.dll"), "server", "start-dev", "--port", Port.ToString(CultureInfo.InvariantCulture),
            "--db-filename", Path.Combine(folder, "bench.db"), "--timer-floor", "00:00:00",
        })
        {
            start.ArgumentList.Add(argument);
        }

        process = Process.Start(start)!;
        if (await process.StandardOutput.ReadLineAsync() is null)
        {
            throw new InvalidOperationException("The server ended at its start.");
        }

        return watch.Elapsed;
    }

    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await KillAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
