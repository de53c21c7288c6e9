using System.Collections.Concurrent;
using Recoup.Gateways.Simulated.World;

namespace Recoup.Gateways.Simulated.Faults;

/// <summary>
/// Makes calls go wrong as planned. Which call is hit hangs on the seed, the idempotency key and how often that key was hit already, so a repeated call gets
/// another chance and a run can be repeated; only <c>down</c> follows the wall clock.
/// </summary>
internal sealed class FaultInjector(FaultPlan plan, int seed, TimeProvider time)
{
    private readonly Dice dice = Dice.OfSeed(seed).With("fault");
    private readonly DateTimeOffset startedAt = time.GetUtcNow();

    // Only keys that were hit are kept, so this stays as small as the trouble is.
    private readonly ConcurrentDictionary<string, int> hits = new(StringComparer.Ordinal);

    /// <summary>Carries the call out, or not, or loses its answer.</summary>
    /// <exception cref="GatewayException">As planned.</exception>
    public async Task<T> CallAsync<T>(string key, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        if (plan == FaultPlan.None)
        {
            return await call();
        }

        if (plan.Latency > TimeSpan.Zero)
        {
            await Task.Delay(plan.Latency, time, cancellationToken);
        }

        ThrowWhileDown();
        var chance = dice.With(key).With(hits.GetValueOrDefault(key));
        if (chance.With("429").Happens(plan.TooManyRequests))
        {
            throw Hit(key, "The gateway answered 429: too many requests.", TimeSpan.FromMilliseconds(200));
        }

        var serverError = chance.With("5xx").Happens(plan.ServerErrors);
        if (serverError && chance.With("5xx before").Happens(0.5))
        {
            throw Hit(key, "The gateway answered 500.");
        }

        var answer = await call();
        if (serverError)
        {
            throw Hit(key, "The gateway answered 502.");
        }

        return chance.With("timeout").Happens(plan.TimeoutAfter) ? throw Hit(key, "The gateway did not answer in time.") : answer;
    }

    private void ThrowWhileDown()
    {
        if (plan.DownEvery == TimeSpan.Zero)
        {
            return;
        }

        var place = new TimeSpan((time.GetUtcNow() - startedAt).Ticks % plan.DownEvery.Ticks);
        if (place < plan.DownFor)
        {
            throw new GatewayException("The gateway is down.") { RetryAfter = plan.DownFor - place };
        }
    }

    private GatewayException Hit(string key, string message, TimeSpan? retryAfter = null)
    {
        hits.AddOrUpdate(key, 1, (_, count) => count + 1);
        return new GatewayException(message) { RetryAfter = retryAfter };
    }
}
