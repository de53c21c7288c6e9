namespace Recoup.Platform.Bench;

/// <summary>The wall time that is measured: what came before is warm-up, what comes after is catching up.</summary>
internal sealed record Window(DateTimeOffset From, DateTimeOffset Until)
{
    public TimeSpan Length => Until - From;

    public bool Contains(DateTimeOffset moment) => moment >= From && moment < Until;

    public static Window After(TimeSpan warmUp, TimeSpan duration)
    {
        var from = TimeProvider.System.GetUtcNow() + warmUp;
        return new Window(from, from + duration);
    }
}
