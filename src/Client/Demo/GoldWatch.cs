using Recoup.Lakehouse.Query;

namespace Recoup.Client.Demo;

/// <summary>Asks gold about once a second which payments have ended, to know when each was first seen there.</summary>
internal sealed class GoldWatch(IQueryEngine engine, TimeProvider clock)
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private const string Ended = "select payment_id from gold.fct_payments where outcome <> 'recovering'";

    private readonly Dictionary<string, DateTimeOffset> seenAt = new(StringComparer.Ordinal);
    private readonly DateTimeOffset beganAt = clock.GetUtcNow();

    /// <summary>Looks until it is stopped.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var ticks = new PeriodicTimer(Interval, clock);
            while (await ticks.WaitForNextTickAsync(cancellationToken))
            {
                await LookAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped, as it was told.
        }
    }

    /// <summary>Looks once. A moment is taken when the rows are here, so a slow answer counts as part of the wait.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var result = await engine.ExecuteAsync(Ended, cancellation: cancellationToken);
            var ended = await result.ReadTextAsync(cancellationToken).ToListAsync(cancellationToken);
            var now = clock.GetUtcNow();
            foreach (var row in ended)
            {
                seenAt.TryAdd(row[0]!, now);
            }
        }
        catch (QueryException unseen) when (unseen.Failure is QueryFailure.UnknownTable or QueryFailure.Timeout or QueryFailure.Unavailable)
        {
            // Gold is not built yet, or the machine is busy: the next look comes later, which the wait then shows.
        }
    }

    /// <summary>How long the payments that ended since this began to look have waited; call it when it does not look any more.</summary>
    /// <param name="endedAt">When the event of each payment's end came into the log.</param>
    public GoldDelay Measure(IReadOnlyDictionary<string, DateTimeOffset> endedAt) => GoldDelay.Of(endedAt.Where(end => end.Value >= beganAt), seenAt);
}
