using Recoup.Bench;
using Spectre.Console;
using static Recoup.Bench.MarkdownTable;

namespace Recoup.Payments.Bench.Reporting;

/// <summary>The figures for people, each beside the ceiling or the opponent that it is read against.</summary>
internal static class ReportTables
{
    public static void Write(BenchReport report)
    {
        MarkdownTable.WidenWhenRedirected();
        AnsiConsole.WriteLine(Text($"{report.Cores} cores, {report.Seconds} s each; load of the machine {report.LoadBefore:0.0} before, {report.LoadAfter:0.0} after"));
        Ceilings(report);
        Payments(report);
        if (report.Recoveries is { } recoveries)
        {
            var ends = string.Join(", ", recoveries.ByStatus.Where(entry => entry.Value > 0).Select(entry => $"{entry.Value} {entry.Key}"));
            AnsiConsole.WriteLine(Text($"recoveries: {recoveries.RecoveriesPerSecond:N0}/s ({recoveries.Recoveries} of {recoveries.Submitted} payments in {recoveries.Seconds:N1} s: {ends}); {recoveries.SiloCpuMilliseconds:N1} ms CPU of the silo each"));
        }
    }

    private static void Ceilings(BenchReport report)
    {
        var table = MarkdownTable.Of("measured alone", "callers", "a second", "p50 ms", "p99 ms");
        if (report.Storage is { } storage)
        {
            table.AddRow("storage: 1 KB writes", Text($"{storage.Writers}"), Text($"{storage.WritesPerSecond:N0}"), Text($"{storage.P50Milliseconds:N2}"), Text($"{storage.P99Milliseconds:N2}"));
            table.AddRow("disk: flushes of 4 KiB", "1", Text($"{storage.DiskFlushesPerSecond:N0}"), "", "");
        }

        if (report.Ping is { } ping)
        {
            table.AddRow("grain: pings over TCP", Text($"{ping.Clients}"), Text($"{ping.CallsPerSecond:N0}"), Text($"{ping.P50Milliseconds:N2}"), Text($"{ping.P99Milliseconds:N2}"));
        }

        if (report.Postgres is { SkippedBecause: null } postgres)
        {
            table.AddRow("PostgreSQL: payments", Text($"{postgres.Clients}"), Text($"{postgres.PaymentsPerSecond:N0}"), Text($"{postgres.P50Milliseconds:N2}"), Text($"{postgres.P99Milliseconds:N2}"));
        }
        else if (report.Postgres is { } skipped)
        {
            table.AddRow("PostgreSQL: skipped", skipped.SkippedBecause!, "", "", "");
        }

        AnsiConsole.Write(table);
    }

    private static void Payments(BenchReport report)
    {
        if (report.Payments is not { } payments)
        {
            return;
        }

        var speed = MarkdownTable.Of("first answer", "callers", "payments/s", "of PostgreSQL", "of storage", "of ping", "ack/s", "p50 ms", "p99 ms", "drain s");
        var cost = MarkdownTable.Of("first answer", "callers", "payment's writes", "most", "all writes", "silo CPU us", "load CPU us", "silo KB", "GC pause");
        foreach (var run in payments)
        {
            speed.AddRow(
                run.Answers,
                Text($"{run.Clients}"),
                Text($"{run.PaymentsPerSecond:N0}"),
                Ratio(run.PaymentsPerSecond, report.Postgres?.PaymentsPerSecond),
                Ratio(run.AllWritesPerPayment * run.PaymentsPerSecond, report.Storage?.WritesPerSecond),
                Ratio(run.PaymentsPerSecond, report.Ping?.CallsPerSecond),
                Text($"{run.AcknowledgedPerSecond:N0}"),
                Text($"{run.P50Milliseconds:N2}"),
                Text($"{run.P99Milliseconds:N2}"),
                Text($"{run.DrainSeconds:N2}"));
            cost.AddRow(
                run.Answers,
                Text($"{run.Clients}"),
                Text($"{run.PaymentWritesPerPayment:N2}"),
                Text($"{run.MostWritesOfOnePayment}"),
                Text($"{run.AllWritesPerPayment:N2}"),
                Text($"{run.SiloCpuMicroseconds:N0}"),
                Text($"{run.LoadCpuMicroseconds:N0}"),
                Text($"{run.SiloAllocatedBytes / 1024:N0}"),
                Text($"{run.SiloGcPauseShare:P1}"));
        }

        AnsiConsole.WriteLine("Speed: latency to the acknowledgement, payments/s to the first attempt's durable result; writes against the storage's own rate.");
        AnsiConsole.Write(speed);
        AnsiConsole.WriteLine("Cost of one payment.");
        AnsiConsole.Write(cost);
    }

    private static string Ratio(double value, double? of) => of is > 0 ? Text($"{value / of.Value:P0}") : "-";
}
