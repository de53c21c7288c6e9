using Recoup.Clock;

namespace Recoup.Grains.Tests.Gateways.Simulated;

/// <summary>Business time as the test sets it.</summary>
internal sealed class ManualBusinessClock : IBusinessClock
{
    public DateTimeOffset UtcNow { get; set; } = new(2025, 3, 10, 12, 0, 0, TimeSpan.Zero);

    public double Scale => 1;

    public TimeSpan ToWall(TimeSpan business) => business;

    public DateTimeOffset ToWall(DateTimeOffset business) => business;
}
