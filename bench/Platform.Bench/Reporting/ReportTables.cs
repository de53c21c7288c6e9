using System.Globalization;
using Recoup.Bench;
using Recoup.Platform.Bench.Watching;
using Spectre.Console;
using static Recoup.Bench.MarkdownTable;

namespace Recoup.Platform.Bench.Reporting;

/// <summary>The figures for people.</summary>
internal static class ReportTables
{
    public static void Write(PlatformReport report)
    {
        MarkdownTable.WidenWhenRedirected();
        Line($"{report.Cores} cores, {report.Seconds} s measured; load of the machine {report.LoadBefore:0.0} before, {report.LoadAfter:0.0} after; {report.ClockScale:N0} business seconds a second");
        Load(report.Load);
        Stages(report.Stages);
        Silo(report.Silo);
        Lake(report.Lake);
        Workflows(report);
        PipelineTables.Write(report.Pipeline);
        foreach (var violation in report.Violations)
        {
            Line($"NOT WELL: {violation}");
        }
    }

    /// <summary>As it is: what a log says may hold brackets, which mean colours otherwise, and is not broken into lines.</summary>
    internal static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private static void Load(LoadFigures load)
    {
        Line($"payments placed: {load.PaymentsPerSecond:N1}/s, late by p50 {load.Lateness.P50Milliseconds} ms, p99 {load.Lateness.P99Milliseconds} ms; the load and the watchers used {load.BenchCpuShareOfACore:P0} of a core");
        Line($"events: {load.EventsPerSecond:N0}/s, of them Recoup's own {load.OwnEventsPerSecond:N1}, valid charges of others that fill up {load.FillEventsPerSecond:N1}, bad records {load.BadRecordsPerSecond:N1}");
        Line($"Recoup's own by topic: {string.Join(", ", load.OwnEventsPerSecondByTopic.Select(topic => Text($"{topic.Key} {topic.Value:N1}/s")))}");
    }

    private static void Stages(StageFigures stages)
    {
        var table = MarkdownTable.Of("stage", "count", "p50 ms", "p95 ms", "p99 ms", "most ms");
        Add("submit to acknowledged", stages.SubmitToAcknowledged);
        Add("acknowledged to its first event, read from the log", stages.AcknowledgedToLog);
        Add("event sent to visible in bronze", stages.SentToBronze);
        Add("payment's end to visible in gold", stages.EndToGold);
        Add("the query of bronze", stages.BronzeQuery);
        Add("queries of gold", stages.GoldQuery);
        AnsiConsole.Write(table);

        void Add(string stage, Spread spread) => table.AddRow(
            stage, Text($"{spread.Count:N0}"), Text($"{spread.P50Milliseconds:N1}"), Text($"{spread.P95Milliseconds:N1}"), Text($"{spread.P99Milliseconds:N1}"), Text($"{spread.MaxMilliseconds:N1}"));
    }

    private static void Silo(SiloFigures silo)
    {
        if (silo.Process is { } process)
        {
            Line($"silo: {process.CpuShareOfACore:P0} of a core (by second p50 {process.CpuShareP50:P0}, most {process.CpuShareMax:P0}); resident {process.ResidentStartMiB:N0} MiB at the start, {process.ResidentEndMiB:N0} at the end, {process.ResidentMaxMiB:N0} at most; {process.WrittenMiBPerSecond:N1} MiB/s written");
            Line($"resident every 10 s, MiB: {string.Join(" ", process.ResidentMiBEveryTenSeconds.Select(size => Text($"{size:N0}")))}");
            Line($"CPU by thread, of a core: {string.Join(", ", process.CpuShareByThread.Take(8).Select(thread => Text($"{thread.Key} {thread.Value:P1}")))}");
        }

        Line($"managed memory {silo.ManagedStartMiB:N0} MiB at the start, {silo.ManagedEndMiB:N0} at the end; allocated {silo.AllocatedMiBPerSecond:N0} MiB/s, {silo.GcPauseShare:P1} of the time in pauses of the collector");
        Line($"{silo.LogLines} warnings and errors in the log");
        foreach (var line in silo.FirstLogLines)
        {
            Line($"  {line}");
        }
    }

    private static void Lake(LakeFigures lake)
    {
        Line($"when the load ended {lake.LagAtEnd:N0} records were in no table yet, and {(lake.CatchUpSeconds is { } seconds ? Text($"all were after {seconds:N1} s") : "not all were in time")}");
        var table = MarkdownTable.Of("topic", "records", "valid", "quarantined", "missing", "twice");
        foreach (var topic in lake.Topics)
        {
            table.AddRow(topic.Topic, Text($"{topic.Records:N0}"), Text($"{topic.Valid:N0}"), Text($"{topic.Quarantined:N0}"), Text($"{topic.Missing}"), Text($"{topic.Twice}"));
        }

        AnsiConsole.Write(table);
        Line($"{lake.ShareValid:P2} of the rows are valid; in quarantine {lake.Quarantine.GoodOnes} good records, {lake.Quarantine.Misjudged} bad ones misjudged: {string.Join(", ", lake.Quarantine.ByReason.Select(reason => $"{reason.Value} {reason.Key}"))}");
        foreach (var example in lake.Quarantine.Examples)
        {
            Line($"  {example}");
        }
    }

    private static void Workflows(PlatformReport report)
    {
        var flows = report.Workflows;
        Line($"workflows: {flows.Started:N0} started, {flows.Completed:N0} completed, {flows.Failed:N0} failed ({flows.ShareSucceeded:P2} of those that closed succeeded), {flows.Running:N0} go on");
    }
}
