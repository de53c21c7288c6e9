using System.Collections.Concurrent;
using System.Threading.Channels;
using Recoup.Client.CommandLine;
using Recoup.Payments;
using Recoup.Silo.Workflows.Timelines;

namespace Recoup.Client.Simulate;

/// <summary>
/// Follows payments: each until its first attempt has a result (the grain answers when it has), then, if it is in recovery, by asking again in rounds.
/// A silo that does not answer is asked again.
/// </summary>
internal sealed class PaymentWatch(IGrainFactory grains, PersistentCaller caller, int concurrency, TimeProvider clock)
{
    /// <summary>Shorter than the client's response time-out, which is 5 s.</summary>
    private static readonly TimeSpan FirstAttemptPatience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan RoundPause = TimeSpan.FromMilliseconds(200);

    private readonly Channel<string> fresh = Channel.CreateUnbounded<string>();
    private readonly ConcurrentDictionary<string, PaymentStanding?> standings = new(StringComparer.Ordinal);

    public IEnumerable<PaymentStanding> Standings => standings.Values.OfType<PaymentStanding>();

    /// <summary>Payments with their id; null until the silo was asked about one for the first time.</summary>
    public IEnumerable<KeyValuePair<string, PaymentStanding?>> ById => standings;

    /// <summary>Called with a payment whose status is another one than when it was last asked for.</summary>
    public Action<PaymentView> OnMoved { get; init; } = _ => { };

    /// <summary>Begins to follow a payment; one that is followed already stays so.</summary>
    public void Follow(string paymentId)
    {
        if (standings.TryAdd(paymentId, null))
        {
            fresh.Writer.TryWrite(paymentId);
        }
    }

    /// <summary>No further payment will be followed: the first attempts end with those that are.</summary>
    public void Complete() => fresh.Writer.TryComplete();

    /// <summary>Ends when every followed payment's first attempt has a result, after <see cref="Complete"/>.</summary>
    public Task FollowFirstAttemptsAsync(CancellationToken cancellationToken) => Parallel.ForEachAsync(
        fresh.Reader.ReadAllAsync(cancellationToken),
        new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellationToken },
        async (paymentId, stop) =>
        {
            var grain = grains.GetGrain<IPaymentGrain>(paymentId);
            while (true)
            {
                var payment = await AskAsync(paymentId, () => grain.WaitForFirstAttemptAsync(FirstAttemptPatience), stop);
                Keep(payment);
                if (payment.Status is not (PaymentStatus.Submitted or PaymentStatus.Charging))
                {
                    return;
                }
            }
        });

    /// <summary>Asks in rounds for the payments that have not ended until it is stopped, or until <paramref name="isOver"/> says so after a round.</summary>
    public async Task FollowRecoveriesAsync(Func<bool> isOver, CancellationToken cancellationToken)
    {
        while (true)
        {
            var open = standings.Where(entry => entry.Value is not { IsEnded: true }).Select(entry => entry.Key);
            await Parallel.ForEachAsync(
                open,
                new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellationToken },
                async (paymentId, stop) =>
                {
                    var grain = grains.GetGrain<IPaymentGrain>(paymentId);
                    Keep(await AskAsync(paymentId, grain.GetAsync, stop));
                });
            if (isOver())
            {
                return;
            }

            await Task.Delay(RoundPause, clock, cancellationToken);
        }
    }

    public bool AllEnded() => standings.Values.All(standing => standing is { IsEnded: true });

    private void Keep(PaymentView payment)
    {
        var before = standings.GetValueOrDefault(payment.PaymentId);
        standings[payment.PaymentId] = PaymentStanding.Of(payment);
        if (before?.Status != payment.Status && payment.MergedInto is null)
        {
            OnMoved(payment);
        }
    }

    private async Task<PaymentView> AskAsync(string paymentId, Func<Task<PaymentView?>> ask, CancellationToken cancellationToken) =>
        await caller.CallAsync($"a question about {paymentId}", ask, cancellationToken)
        ?? throw new CommandFailedException(
            standings.GetValueOrDefault(paymentId) is { } known
                ? $"The silo no longer knows {paymentId}, which it called {Wording.Of(known.Status)} before."
                : $"The silo named {paymentId}, and does not know it.",
            "That must never happen: keep its data folder and report it.");
}
