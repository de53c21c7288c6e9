using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Temporalio.Client;

namespace Recoup.Embedded.Temporal.Tests;

/// <summary>The server as a process of its own, so that it can be killed as the machine would kill it.</summary>
internal sealed class ServerProcess(string databaseFile) : IAsyncDisposable
{
    private Process? process;

    public int Port { get; } = FreePort();

    public string Address => $"127.0.0.1:{Port}";

    public async Task StartAsync()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet")
        {
            RedirectStandardOutput = true,
        };
        foreach (var argument in new[]
        {
            Path.Combine(AppContext.BaseDirectory, "Recoup.Embedded.Temporal.dll"), "server", "start-dev", "--port", Port.ToString(CultureInfo.InvariantCulture),
            "--db-filename", databaseFile, "--search-attribute", "KwA=Keyword", "--search-attribute", "IntA=Int", "--search-attribute", "DblA=Double",
            "--search-attribute", "BoolA=Bool", "--search-attribute", "DtA=Datetime", "--search-attribute", "TxtA=Text", "--search-attribute", "KlA=KeywordList",
        })
        {
            start.ArgumentList.Add(argument);
        }

        process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server ended at its start.");
        Assert.StartsWith("Server:", line);
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    public Task<TemporalClient> ConnectAsync() => TemporalClient.ConnectAsync(new(Address));

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await KillAsync();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
