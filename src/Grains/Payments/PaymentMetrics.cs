using System.Diagnostics.Metrics;

namespace Recoup.Payments;

/// <summary>The meter <c>Recoup.Payments</c>.</summary>
internal static class PaymentMetrics
{
    private static readonly Meter Meter = new("Recoup.Payments");

    /// <summary>Records of <c>payments.requests</c>, by result.</summary>
    public static readonly Counter<long> Requested = Meter.CreateCounter<long>("recoup.payments.requested", description: "Records of payments.requests, by result");

    public static readonly Counter<long> Submitted = Meter.CreateCounter<long>("recoup.payments.submitted", description: "Payments taken in");

    /// <summary>Tagged with outcome and whether it was a retry.</summary>
    public static readonly Counter<long> Attempts = Meter.CreateCounter<long>("recoup.payments.attempts", description: "Charges with a known result");

    /// <summary>Tagged with the status at the end.</summary>
    public static readonly Counter<long> Ended = Meter.CreateCounter<long>("recoup.payments.ended", description: "Payments that reached an end");

    public static readonly Counter<long> Decisions = Meter.CreateCounter<long>("recoup.recovery.decisions", description: "Decisions of the strategy, by method");

    public static readonly Counter<long> LookedUp = Meter.CreateCounter<long>("recoup.gateway.lookups", description: "Unknown results that were asked for by key");
}
