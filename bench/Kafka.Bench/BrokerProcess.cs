using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Recoup.Kafka.Bench;

/// <summary>The broker as a program, so that its memory and CPU are its own.</summary>
internal sealed class BrokerProcess : IAsyncDisposable
{
    private readonly Process process;

    private BrokerProcess(Process process, int port, TimeSpan start) => (this.process, Port, Start) = (process, port, start);

    public int Port { get; }

    public string Address => $"127.0.0.1:{Port}";

    /// <summary>From the start of the process, .NET's included, to its first answer.</summary>
    public TimeSpan Start { get; }

    public TimeSpan Cpu
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public double ResidentMiB
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64 / 1048576.0;
        }
    }

    /// <param name="data">The broker's folder.</param>
    /// <param name="fsync">Whether an acknowledged record is on the disk.</param>
    /// <param name="topics">Topics to create, as <c>name=partitions</c>.</param>
    public static async Task<BrokerProcess> StartAsync(string data, bool fsync, IEnumerable<string> topics)
    {
        var port = FreePort();
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "Recoup.Embedded.Kafka.dll"), "--port", port.ToString(CultureInfo.InvariantCulture), "--data", data, "--fsync", fsync ? "true" : "false", .. topics.SelectMany(static topic => new[] { "--topic", topic })];
        var watch = Stopwatch.StartNew();
        var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        while (true)
        {
            try
            {
                using var client = new RawClient(port);
                await client.ApiVersionsAsync();
                return new BrokerProcess(process, port, watch.Elapsed);
            }
            catch (SocketException) when (!process.HasExited)
            {
                await Task.Delay(1);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
