namespace Recoup.Clock;

/// <summary>Two moments that are the same moment, and the speed from there on. Pure: the wall time comes in as an argument.</summary>
/// <param name="Business">Business time at the anchor.</param>
/// <param name="Wall">Wall time at the anchor.</param>
/// <param name="Scale">Business seconds a wall second.</param>
/// <param name="StaysBehind">Business time never passes wall time: once level, it goes on at scale 1.</param>
internal sealed record ClockAnchors(DateTimeOffset Business, DateTimeOffset Wall, double Scale, bool StaysBehind)
{
    /// <summary>The anchors of a new data folder.</summary>
    public static ClockAnchors Start(ClockOptions options, DateTimeOffset wall) =>
        new(wall - options.StartsBefore, wall, options.Scale, options.StartsBefore > TimeSpan.Zero);

    /// <summary>New anchors for another speed, from the present moment on.</summary>
    public ClockAnchors WithScale(double scale, DateTimeOffset wall)
    {
        var business = At(wall);
        // At scale 1 the two are the same, wherever that does not mean to go back.
        return new(scale == 1 && business < wall ? wall : business, wall, scale, StaysBehind);
    }

    public DateTimeOffset At(DateTimeOffset wall)
    {
        // A wall clock that was set back must not take business time with it.
        var elapsed = wall > Wall ? wall - Wall : TimeSpan.Zero;
        var scaled = Business + (elapsed * Scale);
        return CatchesUpAt is { } level && wall >= level ? wall : scaled;
    }

    /// <summary>The wall time at which business time reaches this moment.</summary>
    public DateTimeOffset ToWall(DateTimeOffset business) =>
        CatchesUpAt is { } level && business >= level ? business : Wall + ((business - Business) / Scale);

    /// <summary>When both clocks show the same; null: never, or it does not matter.</summary>
    private DateTimeOffset? CatchesUpAt => (StaysBehind && Scale > 1, Business < Wall) switch
    {
        (false, _) => null,
        (true, true) => Wall + ((Wall - Business) / (Scale - 1)),
        (true, false) => Wall,
    };
}
