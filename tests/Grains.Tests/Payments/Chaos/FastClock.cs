using Recoup.Clock;

namespace Recoup.Grains.Tests.Payments.Chaos;

/// <summary>A recovery's fourteen days in about a second.</summary>
internal sealed class FastClock : IBusinessClock
{
    private static readonly DateTimeOffset Anchor = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly DateTimeOffset wallAnchor = TimeProvider.System.GetUtcNow();

    public double Scale => 1_000_000;

    public DateTimeOffset UtcNow => Anchor + ((TimeProvider.System.GetUtcNow() - wallAnchor) * Scale);

    public TimeSpan ToWall(TimeSpan business) => business / Scale;

    public DateTimeOffset ToWall(DateTimeOffset business) => wallAnchor + ((business - Anchor) / Scale);
}
