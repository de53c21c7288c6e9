using System.Collections.Concurrent;
using Recoup.Customers;
using Recoup.Payments;
using Recoup.Simulation;

namespace Recoup.Client.Simulate;

/// <summary>
/// Finds the payments of charges that the merchant made at Stripe and Square. Only webhooks tell of them, and Recoup gives them an id of its own; the
/// customer's history names it as soon as the first attempt has a result.
/// </summary>
internal sealed class BilledPayments(IGrainFactory grains, PersistentCaller caller, PaymentWatch watch, TimeSpan patience, TimeProvider clock)
{
    private const int CustomersAtOnce = 8;
    private static readonly TimeSpan RoundPause = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<string, int> charges = new(StringComparer.Ordinal);

    /// <summary>Charges of which nothing was heard yet.</summary>
    public int Unheard
    {
        get
        {
            var heard = Heard();
            return charges.Sum(customer => Math.Max(0, customer.Value - heard.GetValueOrDefault(customer.Key)));
        }
    }

    public void Expect(SimulatedOrder order) => charges.AddOrUpdate(order.Payment.CustomerId, 1, (_, count) => count + 1);

    /// <summary>Ends when every charge has been heard of, or when there was no news for as long as patience lasts.</summary>
    public async Task FindAsync(CancellationToken cancellationToken)
    {
        var (unheard, newsAt) = (Unheard, clock.GetTimestamp());
        while (unheard > 0 && clock.GetElapsedTime(newsAt) < patience)
        {
            await AskCustomersAsync(cancellationToken);
            await Task.Delay(RoundPause, clock, cancellationToken);
            if (Unheard < unheard)
            {
                (unheard, newsAt) = (Unheard, clock.GetTimestamp());
            }
        }
    }

    private Task AskCustomersAsync(CancellationToken cancellationToken)
    {
        var heard = Heard();
        return Parallel.ForEachAsync(
            charges.Where(customer => heard.GetValueOrDefault(customer.Key) < customer.Value).Select(customer => customer.Key),
            new ParallelOptions { MaxDegreeOfParallelism = CustomersAtOnce, CancellationToken = cancellationToken },
            async (customerId, stop) =>
            {
                var customer = await caller.CallAsync($"a question about {customerId}", grains.GetGrain<ICustomerGrain>(customerId).GetAsync, stop);
                foreach (var paymentId in customer.History.Select(outcome => outcome.PaymentId).Distinct(StringComparer.Ordinal))
                {
                    // The customer is told of a result a moment before the payment is saved with it.
                    if (await caller.CallAsync($"a question about {paymentId}", grains.GetGrain<IPaymentGrain>(paymentId).GetAsync, stop) is not null)
                    {
                        watch.Follow(paymentId);
                    }
                }
            });
    }

    /// <summary>Payments of providers by customer, as far as the watch knows them.</summary>
    private Dictionary<string, int> Heard() => watch.Standings
        .Where(standing => standing is { IsMerged: false, Provider: not "recoup" })
        .CountBy(standing => standing.CustomerId, StringComparer.Ordinal)
        .ToDictionary(StringComparer.Ordinal);
}
