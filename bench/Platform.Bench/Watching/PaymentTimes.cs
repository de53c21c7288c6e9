using System.Collections.Concurrent;
using System.Text.Json;
using Recoup.Events;

namespace Recoup.Platform.Bench.Watching;

/// <summary>The moments of each real payment, told by whoever sees them; wall time.</summary>
internal sealed class PaymentTimes
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> acknowledged = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> firstRead = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> ended = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> inGold = new(StringComparer.Ordinal);

    public int Ended => ended.Count;

    public void Acknowledged(string paymentId, DateTimeOffset at) => acknowledged.TryAdd(paymentId, at);

    /// <summary>A charge event of a payment was sent, and has been read from the log.</summary>
    public void Told(byte[] value, DateTimeOffset sentAt, DateTimeOffset readAt)
    {
        var charge = JsonSerializer.Deserialize<ChargeEvent>(value, RecoupJson.Options)!;
        firstRead.TryAdd(charge.PaymentId, readAt);
        if (charge.IsFinal)
        {
            ended.TryAdd(charge.PaymentId, sentAt);
        }
    }

    /// <summary>A query found the payment's end in gold.</summary>
    public void SeenInGold(string paymentId, DateTimeOffset at) => inGold.TryAdd(paymentId, at);

    /// <summary>From the acknowledgement to its first event as a reader gets it, of payments that were acknowledged within the window.</summary>
    public Spread ToLog(Window window) => Between(acknowledged, firstRead, window);

    /// <summary>From the event that ended it to a query that finds the end in gold, of payments that ended within the window.</summary>
    public Spread ToGold(Window window) => Between(ended, inGold, window);

    /// <summary>Payments that ended within the window and that gold does not show.</summary>
    public int NotInGold(Window window) => ended.Count(end => window.Contains(end.Value) && !inGold.ContainsKey(end.Key));

    private static Spread Between(ConcurrentDictionary<string, DateTimeOffset> from, ConcurrentDictionary<string, DateTimeOffset> to, Window window)
    {
        var latencies = new Latencies();
        foreach (var (paymentId, at) in from)
        {
            if (window.Contains(at) && to.TryGetValue(paymentId, out var then))
            {
                // Two threads look at one clock: a reader may be told before the caller is.
                latencies.Add(then > at ? then - at : TimeSpan.Zero);
            }
        }

        return latencies.ToSpread();
    }
}
