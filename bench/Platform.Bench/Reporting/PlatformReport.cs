using System.Text.Json;
using Recoup.Pipeline;
using Recoup.Platform.Bench.Checks;
using Recoup.Platform.Bench.Watching;

namespace Recoup.Platform.Bench.Reporting;

/// <summary>The figures of one run. Rates and latencies are of the window; counts of tables, workflows and money are of all that ever came.</summary>
internal sealed record PlatformReport
{
    private static readonly JsonSerializerOptions Json = new(RecoupJson.Options) { WriteIndented = true };

    public required int Cores { get; init; }
    public required double Seconds { get; init; }
    public required double ClockScale { get; init; }

    /// <summary>The machine's load over the last minute; null where the system does not tell.</summary>
    public required double? LoadBefore { get; init; }
    public required double? LoadAfter { get; init; }
    public required LoadFigures Load { get; init; }
    public required StageFigures Stages { get; init; }
    public required SiloFigures Silo { get; init; }
    public required LakeFigures Lake { get; init; }
    public required WorkflowFigures Workflows { get; init; }

    /// <summary>Null when there was none.</summary>
    public required PipelineFigures? Pipeline { get; init; }

    /// <summary>What must never be, in words; empty when all is well.</summary>
    public IReadOnlyList<string> Violations => [.. Verdict.Of(this)];

    public string ToJson() => JsonSerializer.Serialize(this, Json);
}

internal sealed record LoadFigures
{
    public required double PaymentsPerSecond { get; init; }
    public required double EventsPerSecond { get; init; }

    /// <summary>Published by the silo, a second.</summary>
    public required double OwnEventsPerSecond { get; init; }
    public required IReadOnlyDictionary<string, double> OwnEventsPerSecondByTopic { get; init; }

    /// <summary>Valid charges that filled up, a second.</summary>
    public required double FillEventsPerSecond { get; init; }
    public required double BadRecordsPerSecond { get; init; }

    /// <summary>How much later than due payments were placed.</summary>
    public required Spread Lateness { get; init; }
    public required double BenchCpuShareOfACore { get; init; }
}

internal sealed record StageFigures
{
    public required Spread SubmitToAcknowledged { get; init; }
    public required Spread AcknowledgedToLog { get; init; }
    public required Spread SentToBronze { get; init; }
    public required Spread BronzeQuery { get; init; }
    public required Spread EndToGold { get; init; }
    public required Spread GoldQuery { get; init; }
}

internal sealed record SiloFigures
{
    public required ProcessFigures? Process { get; init; }
    public required double AllocatedMiBPerSecond { get; init; }
    public required double GcPauseShare { get; init; }

    /// <summary>Of the resident memory, what the collector holds: at the start and at the end of the window.</summary>
    public required double ManagedStartMiB { get; init; }
    public required double ManagedEndMiB { get; init; }

    /// <summary>Warnings and errors that it logged.</summary>
    public required int LogLines { get; init; }

    /// <summary>The first ones.</summary>
    public required IReadOnlyList<string> FirstLogLines { get; init; }
}

internal sealed record LakeFigures
{
    /// <summary>Records in no table when the load ended.</summary>
    public required long LagAtEnd { get; init; }

    /// <summary>Until they were; null when they were not in time.</summary>
    public required double? CatchUpSeconds { get; init; }
    public required IReadOnlyList<TopicFate> Topics { get; init; }
    public required QuarantineFigures Quarantine { get; init; }

    /// <summary>Payments that ended within the window and that gold does not show; null without a pipeline.</summary>
    public required int? EndedNotInGold { get; init; }

    public double ShareValid => (double)Topics.Sum(topic => topic.Valid) / Topics.Sum(topic => topic.Records);
}

/// <summary>What makes the bench fail.</summary>
internal static class Verdict
{
    private const double ShareValidMin = 0.99;

    public static IEnumerable<string> Of(PlatformReport report)
    {
        foreach (var topic in report.Lake.Topics.Where(topic => topic.Missing != 0 || topic.Twice != 0))
        {
            yield return $"{topic.Topic}: {topic.Missing} records are in no table, {topic.Twice} rows stand twice";
        }

        if (report.Lake.Quarantine.GoodOnes + report.Lake.Quarantine.Misjudged > 0)
        {
            yield return $"quarantine has {report.Lake.Quarantine.GoodOnes} good records and misjudged {report.Lake.Quarantine.Misjudged} bad ones";
        }

        if (report.Lake.ShareValid < ShareValidMin)
        {
            yield return FormattableString.Invariant($"{report.Lake.ShareValid:P2} of the rows are valid, fewer than {ShareValidMin:P0}");
        }

        foreach (var reading in report.Pipeline?.Reconciliation.Where(reading => reading.Severity is not Severity.Ok) ?? [])
        {
            yield return $"reconciliation of {reading.Subject}: {reading.Summary}";
        }

        if (report.Workflows.Failed > 0)
        {
            yield return $"{report.Workflows.Failed} recovery workflows have failed";
        }

        if (report.Lake.EndedNotInGold > 0)
        {
            yield return $"{report.Lake.EndedNotInGold} payments have ended and gold does not show it";
        }
    }
}
