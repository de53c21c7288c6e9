using Recoup.Clock;

namespace Recoup.Silo.Pipeline;

/// <summary>
/// Business time for code that knows <see cref="TimeProvider"/> only: it says what business time is, and its timers last as long on the wall as their
/// business time does. Quartz runs on it, so its slots are business time without knowing of it.
/// </summary>
internal sealed class BusinessTimeProvider(IBusinessClock clock) : TimeProvider
{
    /// <summary>At a fast clock a business second is less than the machine can tell apart: who waits for one looks this often and not all the time.</summary>
    private static readonly TimeSpan ShortestFastWait = TimeSpan.FromMilliseconds(100);

    public override DateTimeOffset GetUtcNow() => clock.UtcNow;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new BusinessTimer(System.CreateTimer(callback, state, ToWall(dueTime), ToWall(period)), this);

    private TimeSpan ToWall(TimeSpan business)
    {
        if (business <= TimeSpan.Zero || clock.Scale <= 1)
        {
            return clock.Scale < 1 && business > TimeSpan.Zero ? clock.ToWall(business) : business;
        }

        var wall = clock.ToWall(business);
        return wall < ShortestFastWait ? ShortestFastWait : wall;
    }

    private sealed class BusinessTimer(ITimer timer, BusinessTimeProvider time) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(time.ToWall(dueTime), time.ToWall(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
