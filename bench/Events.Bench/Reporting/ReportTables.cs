using Recoup.Bench;
using Recoup.Events.Bench.Load;
using Spectre.Console;
using static Recoup.Bench.MarkdownTable;

namespace Recoup.Events.Bench.Reporting;

/// <summary>The figures for people, each beside the ceiling that it is read against.</summary>
internal static class ReportTables
{
    public static void Write(BenchReport report)
    {
        MarkdownTable.WidenWhenRedirected();
        AnsiConsole.WriteLine(Text($"{report.Cores} cores, {report.Seconds} s each; load of the machine {report.LoadBefore:0.0} before, {report.LoadAfter:0.0} after"));
        Ceilings(report);
        AnsiConsole.WriteLine("From a grain to the acknowledgement; the client alone makes as many awaited calls at once, of bytes. Latency is a call's.");
        Published(report);
        AnsiConsole.WriteLine("CPU and memory of one event.");
        Cost(report);
        if (report.Delivered.Count > 0)
        {
            AnsiConsole.WriteLine("From the publisher's call to the subscriber's, at a steady rate.");
            Delivered(report);
        }
    }

    private static void Ceilings(BenchReport report)
    {
        var table = MarkdownTable.Of("measured alone", "a second", "p50 ms", "p99 ms", "broker CPU us");
        var (singles, pipelined) = (report.BrokerSingles, report.BrokerPipelined);
        table.AddRow("disk: a flushed write", Text($"{1000 / report.FlushedWriteMilliseconds:N0}"), Text($"{report.FlushedWriteMilliseconds:N2}"), "", "");
        table.AddRow("broker: single records, one at a time", Text($"{singles.EventsPerSecond:N0}"), Text($"{singles.P50Milliseconds:N2}"), Text($"{singles.P99Milliseconds:N2}"), Text($"{singles.BrokerCpuMicroseconds:N1}"));
        table.AddRow(Text($"broker: {BrokerCeiling.BatchRecords} a request, {BrokerCeiling.InFlight} requests at once"), Text($"{pipelined.EventsPerSecond:N0}"), "", "", Text($"{pipelined.BrokerCpuMicroseconds:N1}"));
        AnsiConsole.Write(table);
    }

    private static void Published(BenchReport report)
    {
        var table = MarkdownTable.Of("grains", "batch", "events/s", "of the client", "of the broker", "p50 ms", "p99 ms", "client/s", "client p50 ms", "client p99 ms");
        foreach (var (publishers, batch, grains, client) in report.Published)
        {
            table.AddRow(
                Text($"{publishers:N0}"),
                Text($"{batch}"),
                Text($"{grains.EventsPerSecond:N0}"),
                Text($"{grains.EventsPerSecond / client.EventsPerSecond:P0}"),
                Text($"{grains.EventsPerSecond / report.BrokerPipelined.EventsPerSecond:P0}"),
                Text($"{grains.P50Milliseconds:N2}"),
                Text($"{grains.P99Milliseconds:N2}"),
                Text($"{client.EventsPerSecond:N0}"),
                Text($"{client.P50Milliseconds:N2}"),
                Text($"{client.P99Milliseconds:N2}"));
        }

        AnsiConsole.Write(table);
    }

    private static void Cost(BenchReport report)
    {
        var table = MarkdownTable.Of("grains", "batch", "silo CPU us", "client CPU us", "broker CPU us", "silo KB", "client KB", "silo GC pause");
        foreach (var (publishers, batch, grains, client) in report.Published)
        {
            table.AddRow(
                Text($"{publishers:N0}"),
                Text($"{batch}"),
                Text($"{grains.CpuMicroseconds:N1}"),
                Text($"{client.CpuMicroseconds:N1}"),
                Text($"{grains.BrokerCpuMicroseconds:N1}"),
                Text($"{grains.AllocatedBytes / 1024:N1}"),
                Text($"{client.AllocatedBytes / 1024:N1}"),
                Text($"{grains.GcPauseShare:P0}"));
        }

        AnsiConsole.Write(table);
    }

    private static void Delivered(BenchReport report)
    {
        var table = MarkdownTable.Of("to", "events/s", "p50 ms", "p99 ms", "silo CPU us", "broker CPU us");
        foreach (var run in report.Delivered)
        {
            table.AddRow(run.To, Text($"{run.EventsPerSecond:N0}"), Text($"{run.P50Milliseconds:N2}"), Text($"{run.P99Milliseconds:N2}"), Text($"{run.CpuMicroseconds:N0}"), Text($"{run.BrokerCpuMicroseconds:N0}"));
        }

        AnsiConsole.Write(table);
    }
}
