using System.Globalization;
using System.Text.RegularExpressions;
using Recoup.Payments.Bench.Load;
using Recoup.Payments.Bench.Reporting;

namespace Recoup.Payments.Bench.Postgres;

/// <summary>
/// The opponent: what an engineer would write in an afternoon. A payments table and an outbox, two commits a payment, every commit flushed to disk
/// (PostgreSQL's defaults), statements prepared once, and nothing else: no fraud check, no card limits, no customer, no gateway.
/// </summary>
internal static partial class PgBench
{
    public static async Task<PostgresFigures> MeasureAsync(TimeSpan duration, int clients, CancellationToken cancellationToken)
    {
        if (PostgresServer.FindBinaries() is not { } binaries)
        {
            return new PostgresFigures { SkippedBecause = "postgres and pgbench are not installed (Debian: apt-get install postgresql)" };
        }

        await using var server = await PostgresServer.StartAsync(binaries, cancellationToken);
        var schema = await CopyAsync("schema.sql", server.Folder, cancellationToken);
        var script = await CopyAsync("payment.sql", server.Folder, cancellationToken);
        string[] connection = ["-h", "127.0.0.1", "-p", server.Port, "-U", "bench"];
        await server.RunAsync("psql", [.. connection, "-v", "ON_ERROR_STOP=1", "-q", "-f", schema, "postgres"], cancellationToken);
        string[] load = [.. connection, "-n", "-M", "prepared", "-f", script, "-c", Text(clients), "-j", "2"];
        await server.RunAsync("pgbench", [.. load, "-T", "2", "postgres"], cancellationToken);

        var log = Path.Combine(server.Folder, "latency");
        var output = await server.RunAsync("pgbench", [.. load, "-T", Text((int)duration.TotalSeconds), "-l", $"--log-prefix={log}", "postgres"], cancellationToken);
        // client, transaction, microseconds, ...
        var milliseconds = Directory.GetFiles(server.Folder, "latency*").SelectMany(File.ReadLines)
            .Select(line => long.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture) / 1000.0).Order().ToArray();
        return new PostgresFigures
        {
            Clients = clients,
            PaymentsPerSecond = double.Parse(TransactionsPerSecond().Match(output).Groups[1].Value, CultureInfo.InvariantCulture),
            P50Milliseconds = milliseconds.Percentile(0.5),
            P99Milliseconds = milliseconds.Percentile(0.99),
        };
    }

    private static async Task<string> CopyAsync(string name, string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, name);
        await using var source = typeof(PgBench).Assembly.GetManifestResourceStream(name)!;
        await using var target = File.Create(path);
        await source.CopyToAsync(target, cancellationToken);
        return path;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^tps = ([0-9.]+)", RegexOptions.Multiline)]
    private static partial Regex TransactionsPerSecond();
}
