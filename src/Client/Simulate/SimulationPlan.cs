namespace Recoup.Client.Simulate;

/// <summary>How much load, and of what kind.</summary>
internal sealed record SimulationPlan
{
    public required int Payments { get; init; }

    /// <summary>Number of the first order. The same numbers of the same world are the same payments: placing them again has no second effect.</summary>
    public long First { get; init; } = 1;

    /// <summary>Orders a second; null: as fast as they are acknowledged.</summary>
    public double? Rate { get; init; }

    /// <summary>Orders in flight at once.</summary>
    public int Concurrency { get; init; } = 32;
    public Scenario Scenario { get; init; } = Scenario.Steady;
    public SimulationEnd Until { get; init; } = SimulationEnd.Attempted;

    /// <summary>Wall time without news after which charges of which no webhook has told are given up.</summary>
    public TimeSpan WebhookPatience { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Wall time after which an order that nobody acknowledges ends the run; a silo that restarts comes back within it.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);
}

/// <summary>What a run waits for once all orders are placed.</summary>
internal enum SimulationEnd
{
    /// <summary>Every order is acknowledged.</summary>
    Accepted,

    /// <summary>Every first attempt has its result.</summary>
    Attempted,

    /// <summary>Every payment has ended: with recoveries, at the pace of business time.</summary>
    Ended,
}
