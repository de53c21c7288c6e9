using Recoup.Client.Events;
using Recoup.Client.Simulate;
using Recoup.Payments;
using Recoup.Simulation;

namespace Recoup.Client.Demo;

/// <summary>What came of it, for the last screen and for JSON.</summary>
internal sealed record DemoResult
{
    public required int Seed { get; init; }
    public required DemoPlan Plan { get; init; }
    public required SimulationSnapshot End { get; init; }
    public required LedgerAudit Audit { get; init; }

    /// <summary>Business time that passed.</summary>
    public required TimeSpan BusinessTime { get; init; }

    /// <summary>What the event log holds at the end.</summary>
    public required PublishedEvents Events { get; init; }

    /// <summary>What the validation made of it.</summary>
    public required LakeCounts Lake { get; init; }

    /// <summary>Events still in the outboxes of payments and customers: saved, and not acknowledged by the log.</summary>
    public required int EventsPending { get; init; }

    /// <summary>The payment whose story is told; null when none was recovered.</summary>
    public required PaymentView? Story { get; init; }

    /// <summary>What the pipeline made of the events; null where only the payments are looked at.</summary>
    public DemoGold? Gold { get; init; }

    /// <summary>How long payments that had ended took to be seen in gold; null where gold was not looked at.</summary>
    public GoldDelay? GoldDelay { get; init; }

    /// <summary>No payment was charged twice, every one has at least its first attempt behind it, the lake holds the event log, and gold has the same money.</summary>
    public bool IsGood =>
        Audit.ChargedTwice.Count == 0 && End.Tally[PaymentResult.Open] == 0 && End.Unheard == 0 && Lake.IsGood && Gold is not { IsGood: false };
}
