using System.Collections.Concurrent;
using System.Diagnostics;
using Recoup.Customers;
using Recoup.Payments;
using Recoup.Platform.Bench.Watching;
using Recoup.Simulation;

namespace Recoup.Platform.Bench.Load;

/// <summary>
/// The merchant: places the world's orders as they are due, whether or not earlier ones are acknowledged. Each is submitted to its payment's grain, or billed
/// at Stripe or Square, of whose payment a webhook then tells.
/// </summary>
internal sealed class PaymentLoad(IGrainFactory grains, PaymentTimes times, Window window)
{
    private const int PageSize = 500;

    private readonly ISimulatedProcessorGrain processor = grains.GetGrain<ISimulatedProcessorGrain>(0);
    private readonly ConcurrentDictionary<string, Lazy<Task>> introductions = new(StringComparer.Ordinal);
    private readonly List<Task> calls = [];

    /// <summary>From the call to its answer, of those that were submitted to a grain.</summary>
    public Latencies Acknowledgements { get; } = new();

    /// <summary>How much later than due a call was made: the load's own fault.</summary>
    public Latencies Lateness { get; } = new();

    /// <summary>Orders placed within the window.</summary>
    public int Placed { get; private set; }

    /// <summary>Reads the orders before the load begins: making them up is the silo's work too.</summary>
    public static async Task<IReadOnlyList<SimulatedOrder>> ReadOrdersAsync(IGrainFactory grains, int count)
    {
        var orders = new List<SimulatedOrder>(count + PageSize);
        while (orders.Count < count)
        {
            orders.AddRange(await grains.GetGrain<ISimulatedProcessorGrain>(0).GetOrdersAsync(orders.Count + 1, PageSize));
        }

        return orders;
    }

    /// <summary>Completes when every order is acknowledged.</summary>
    public async Task RunAsync(IReadOnlyList<SimulatedOrder> orders, double rate, TimeSpan duration, CancellationToken cancellationToken)
    {
        await OpenLoop.RunAsync(
            duration,
            elapsed =>
            {
                for (var due = Math.Min(orders.Count, (int)(elapsed.TotalSeconds * rate)); calls.Count < due;)
                {
                    calls.Add(PlaceAsync(orders[calls.Count], elapsed - TimeSpan.FromSeconds((calls.Count + 1) / rate)));
                }
            },
            cancellationToken);
        await Task.WhenAll(calls);
    }

    private async Task PlaceAsync(SimulatedOrder order, TimeSpan late)
    {
        var isMeasured = window.Contains(TimeProvider.System.GetUtcNow());
        if (isMeasured)
        {
            Placed++;
            Lateness.Add(late);
        }

        await introductions.GetOrAdd(order.Payment.CustomerId, _ => new Lazy<Task>(() => Customer(order).PutAsync(order.Profile))).Value;
        if (order.Subscription is { } subscription)
        {
            await Customer(order).PutSubscriptionAsync(subscription);
        }

        await (order.Provider == "recoup" ? SubmitAsync(order, isMeasured) : processor.BillAsync(order));
    }

    private async Task SubmitAsync(SimulatedOrder order, bool isMeasured)
    {
        var paymentId = PaymentIds.PaymentId(order.Payment.MerchantId, order.IdempotencyKey);
        var called = Stopwatch.GetTimestamp();
        var outcome = await grains.GetGrain<IPaymentGrain>(paymentId).SubmitAsync(order.Payment, order.IdempotencyKey);
        if (outcome.Result is not SubmitResult.Accepted)
        {
            throw new InvalidOperationException($"{paymentId} was not new: {outcome.Result}.");
        }

        times.Acknowledged(paymentId, TimeProvider.System.GetUtcNow());
        if (isMeasured)
        {
            Acknowledgements.Add(Stopwatch.GetElapsedTime(called));
        }
    }

    private ICustomerGrain Customer(SimulatedOrder order) => grains.GetGrain<ICustomerGrain>(order.Payment.CustomerId);
}
