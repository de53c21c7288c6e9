namespace Recoup.Client.Simulate;

/// <summary>What <c>simulate --json</c> prints.</summary>
internal sealed record SimulationReport
{
    public required int Seed { get; init; }
    public required string Scenario { get; init; }
    public required long First { get; init; }
    public required long Acknowledged { get; init; }
    public required long Repeated { get; init; }
    public required long Billed { get; init; }
    public required long Subscribed { get; init; }
    public required long Retries { get; init; }
    public required double ElapsedSeconds { get; init; }
    public required double PlacedPerSecond { get; init; }

    /// <summary>Null when the run did not wait for the first attempts.</summary>
    public required double? FirstAttemptsPerSecond { get; init; }

    /// <summary>From sending to the acknowledgement; null when nothing was submitted.</summary>
    public required double? LatencyP50Ms { get; init; }
    public required double? LatencyP99Ms { get; init; }
    public required double LatencyMaxMs { get; init; }
    public required int SucceededFirstAttempt { get; init; }
    public required int Recovered { get; init; }
    public required int Recovering { get; init; }
    public required int Failed { get; init; }
    public required int Blocked { get; init; }
    public required int Cancelled { get; init; }
    public required int Open { get; init; }

    /// <summary>Charges at Stripe and Square of whose payment no webhook has told.</summary>
    public required int Unheard { get; init; }
    public required IReadOnlyDictionary<string, long> RecoveredMinor { get; init; }

    /// <summary>Bad records sent straight to the topics, beside the orders.</summary>
    public required int Injected { get; init; }

    public static SimulationReport Of(int seed, SimulationSnapshot snapshot, int injected) => new()
    {
        Seed = seed,
        Scenario = snapshot.Plan.Scenario.Name,
        First = snapshot.Plan.First,
        Acknowledged = snapshot.Acknowledged,
        Repeated = snapshot.Repeated,
        Billed = snapshot.Billed,
        Subscribed = snapshot.Subscribed,
        Retries = snapshot.Retries,
        ElapsedSeconds = Math.Round(snapshot.Elapsed.TotalSeconds, 3),
        PlacedPerSecond = Math.Round(snapshot.PlacedPerSecond, 1),
        FirstAttemptsPerSecond = snapshot.AttemptedAfter is null ? null : Math.Round(snapshot.AttemptedPerSecond, 1),
        LatencyP50Ms = Milliseconds(snapshot.P50),
        LatencyP99Ms = Milliseconds(snapshot.P99),
        LatencyMaxMs = Math.Round(snapshot.Max.TotalMilliseconds, 2),
        SucceededFirstAttempt = snapshot.Tally[PaymentResult.SucceededFirstAttempt],
        Recovered = snapshot.Tally[PaymentResult.Recovered],
        Recovering = snapshot.Tally[PaymentResult.Recovering],
        Failed = snapshot.Tally[PaymentResult.Failed],
        Blocked = snapshot.Tally[PaymentResult.Blocked],
        Cancelled = snapshot.Tally[PaymentResult.Cancelled],
        Open = snapshot.Tally[PaymentResult.Open],
        Unheard = snapshot.Unheard,
        RecoveredMinor = snapshot.Tally.RecoveredMinor,
        Injected = injected,
    };

    private static double? Milliseconds(TimeSpan? span) => span is { } known ? Math.Round(known.TotalMilliseconds, 2) : null;
}
