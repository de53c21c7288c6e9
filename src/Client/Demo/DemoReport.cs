using Recoup.Client.Simulate;
using Recoup.Payments;
using Recoup.Pipeline;

namespace Recoup.Client.Demo;

/// <summary>What <c>demo --json</c> prints. Each submitted payment is counted in exactly one of the results.</summary>
internal sealed record DemoReport
{
    public required int Seed { get; init; }
    public required int Submitted { get; init; }
    public required int SucceededFirstAttempt { get; init; }
    public required int Recovered { get; init; }
    public required int FailedFinal { get; init; }
    public required int Blocked { get; init; }
    public required int Cancelled { get; init; }

    /// <summary>Still in recovery when business time ran out.</summary>
    public required int Recovering { get; init; }

    /// <summary>Without a result of the first attempt.</summary>
    public required int Open { get; init; }

    /// <summary>Charges at Stripe and Square of whose payment no webhook has told; not among the submitted.</summary>
    public required int Unheard { get; init; }
    public required int Attempts { get; init; }

    /// <summary>Distinct events of Recoup's own in the log.</summary>
    public required int EventsPublished { get; init; }
    public required IReadOnlyDictionary<string, int> EventsByType { get; init; }
    public required int EventsRepeated { get; init; }
    public required int ProviderEvents { get; init; }
    public required long RequestLag { get; init; }

    /// <summary>Saved and not yet acknowledged by the log.</summary>
    public required int EventsPending { get; init; }

    /// <summary>Rows in bronze, of all topics.</summary>
    public required long BronzeRows { get; init; }

    /// <summary>Rows in quarantine, of all topics.</summary>
    public required long QuarantineRows { get; init; }

    /// <summary>Bad records that the simulator sent straight to the topics, in this run and earlier ones.</summary>
    public required int Injected { get; init; }

    /// <summary>Refused records that were not injected: there must be none.</summary>
    public required int OwnQuarantined { get; init; }
    public required IReadOnlyList<TableCount> Lake { get; init; }

    /// <summary>By currency, minor units.</summary>
    public required IReadOnlyDictionary<string, long> RecoveredMinor { get; init; }
    public required double? RecoveryRate { get; init; }
    public required IReadOnlyList<FailureTally> Failures { get; init; }
    public required Simulation.LedgerAudit Ledger { get; init; }
    /// <summary>Rows of each table of gold.</summary>
    public required IReadOnlyDictionary<string, long>? Gold { get; init; }

    /// <summary>From a payment's end in the log to its row in gold.</summary>
    public required GoldDelay? GoldDelay { get; init; }

    /// <summary>The comparisons of grains, bronze, silver and gold; a value of 0 is no difference.</summary>
    public required IReadOnlyList<Reading>? Reconciliation { get; init; }
    public required PipelineRun? Pipeline { get; init; }
    public required double BusinessDays { get; init; }
    public required double ElapsedSeconds { get; init; }
    public required PaymentView? Story { get; init; }

    public static DemoReport Of(DemoResult result)
    {
        var tally = result.End.Tally;
        return new DemoReport
        {
            Seed = result.Seed,
            Submitted = tally.Payments,
            SucceededFirstAttempt = tally[PaymentResult.SucceededFirstAttempt],
            Recovered = tally[PaymentResult.Recovered],
            FailedFinal = tally[PaymentResult.Failed],
            Blocked = tally[PaymentResult.Blocked],
            Cancelled = tally[PaymentResult.Cancelled],
            Recovering = tally[PaymentResult.Recovering],
            Open = tally[PaymentResult.Open],
            Unheard = result.End.Unheard,
            Attempts = tally.Attempts,
            EventsPublished = result.Events.Total,
            EventsByType = result.Events.ByType,
            EventsRepeated = result.Events.Repeated,
            ProviderEvents = result.Events.FromProviders,
            RequestLag = result.Events.RequestLag,
            EventsPending = result.EventsPending,
            BronzeRows = result.Lake.BronzeRows,
            QuarantineRows = result.Lake.QuarantineRows,
            Injected = result.Events.Injected.Count,
            OwnQuarantined = result.Lake.OwnQuarantined.Count,
            Lake = result.Lake.Tables,
            RecoveredMinor = tally.RecoveredMinor,
            RecoveryRate = tally.RecoveryRate is { } rate ? Math.Round(rate, 4) : null,
            Failures = tally.Failures,
            Ledger = result.Audit,
            Gold = result.Gold?.Rows,
            GoldDelay = result.GoldDelay,
            Reconciliation = result.Gold?.Reconciliation.ToList(),
            Pipeline = result.Gold?.Run,
            BusinessDays = Math.Round(result.BusinessTime.TotalDays, 2),
            ElapsedSeconds = Math.Round(result.End.Elapsed.TotalSeconds, 1),
            Story = result.Story,
        };
    }
}
