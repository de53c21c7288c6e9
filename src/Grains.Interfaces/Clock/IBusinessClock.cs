namespace Recoup.Clock;

/// <summary>
/// Business time = anchor + (wall time - wall anchor) x <c>Clock:Scale</c>. It never goes back, and at scale 1 it is wall time.
/// Payments, waits, card budgets and the simulated world live in it; signatures, time-outs and lag do not.
/// </summary>
public interface IBusinessClock
{
    DateTimeOffset UtcNow { get; }

    /// <summary>Business seconds a wall second.</summary>
    double Scale { get; }

    /// <summary>How long a business time span lasts on the wall.</summary>
    TimeSpan ToWall(TimeSpan business);

    /// <summary>The wall time at which business time reaches this moment.</summary>
    DateTimeOffset ToWall(DateTimeOffset business);
}
