using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Recoup.Embedded.Kafka.Tests;

/// <summary>The broker as a process of its own, so that it can be killed as the machine would kill it.</summary>
internal sealed partial class BrokerProcess(string dataFolder, params string[] options) : IAsyncDisposable
{
    private const int Terminate = 15;

    private Process? process;

    public int Port { get; } = FreePort();

    public string Address => $"127.0.0.1:{Port}";

    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "Recoup.Embedded.Kafka.dll"), "--port", Port.ToString(CultureInfo.InvariantCulture), "--data", dataFolder, .. options];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The broker ended at its start.");
        Assert.StartsWith("Broker:", line);
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public Task KillAsync()
    {
        process!.Kill();
        return EndAsync();
    }

    /// <summary>SIGTERM: the broker ends by itself.</summary>
    public Task StopAsync() => Signal(process!.Id, Terminate) == 0 ? EndAsync() : throw new Win32Exception(Marshal.GetLastPInvokeError());

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await KillAsync();
        }
    }

    private async Task EndAsync()
    {
        await process!.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Signal(int process, int signal);
}
