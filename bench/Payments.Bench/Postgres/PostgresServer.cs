using System.Diagnostics;
using System.Globalization;
using Recoup.Silo.Hosting;

namespace Recoup.Payments.Bench.Postgres;

/// <summary>A PostgreSQL server with its own defaults in a temporary folder, on a free port of loopback. It does not run as root: then it is the user postgres.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private readonly string binaries;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("payments-bench-postgres-");

    private PostgresServer(string binaries) => this.binaries = binaries;

    public string Folder => folder.FullName;

    private string Data => Path.Combine(Folder, "data");

    public string Port { get; } = PortCheck.FindFree().ToString(CultureInfo.InvariantCulture);

    /// <summary>The folder with <c>postgres</c> and <c>pgbench</c>; null where they are not installed.</summary>
    public static string? FindBinaries()
    {
        var debian = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(path => int.TryParse(Path.GetFileName(path), out var version) ? version : 0).Select(path => Path.Combine(path, "bin"))
            : [];
        return debian.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .FirstOrDefault(path => File.Exists(Path.Combine(path, "postgres")) && File.Exists(Path.Combine(path, "pgbench")) && File.Exists(Path.Combine(path, "initdb")));
    }

    public static async Task<PostgresServer> StartAsync(string binaries, CancellationToken cancellationToken)
    {
        var server = new PostgresServer(binaries);
        try
        {
            if (Environment.IsPrivilegedProcess)
            {
                await CheckedAsync(new ProcessStartInfo("chown", ["postgres", server.Folder]), cancellationToken);
            }

            await server.RunAsync("initdb", ["-D", server.Data, "-U", "bench", "-A", "trust", "-E", "UTF8", "--locale=C"], cancellationToken);
            await server.RunAsync(
                "pg_ctl",
                ["-D", server.Data, "-s", "-l", Path.Combine(server.Folder, "log"), "-w", "-o", $"-c listen_addresses=127.0.0.1 -c unix_socket_directories={server.Folder} -p {server.Port}", "start"],
                cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs one of PostgreSQL's programs, as the user that the server runs as, and returns what it printed.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public Task<string> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var path = Path.Combine(binaries, program);
        var start = Environment.IsPrivilegedProcess
            ? new ProcessStartInfo("runuser", ["-u", "postgres", "--", path, .. arguments])
            : new ProcessStartInfo(path, arguments);
        start.WorkingDirectory = Folder;
        return CheckedAsync(start, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        // There from the start of the server to its end.
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
        {
            await RunAsync("pg_ctl", ["-D", Data, "-m", "immediate", "-w", "stop"], CancellationToken.None);
        }

        folder.Delete(recursive: true);
    }

    private static async Task<string> CheckedAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"{start.FileName} {string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}: {await errors}");
    }
}
