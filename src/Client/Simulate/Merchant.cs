using System.Collections.Concurrent;
using Recoup.Client.CommandLine;
using Recoup.Customers;
using Recoup.Payments;
using Recoup.Simulation;

namespace Recoup.Client.Simulate;

/// <summary>The merchant: introduces a customer once, then places orders, each until it is acknowledged.</summary>
internal sealed class Merchant(IGrainFactory grains, PersistentCaller caller, SimulationMeter meter, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Lazy<Task>> introductions = new(StringComparer.Ordinal);
    private readonly ISimulatedProcessorGrain processor = grains.GetGrain<ISimulatedProcessorGrain>(0);

    /// <summary>The acknowledged payment's id; null for an order that was billed at a provider, of whose payment only a webhook will tell.</summary>
    /// <exception cref="CommandFailedException">It was refused, or not acknowledged.</exception>
    public async Task<string?> PlaceAsync(SimulatedOrder order, CancellationToken cancellationToken)
    {
        await introductions.GetOrAdd(order.Payment.CustomerId, _ => new Lazy<Task>(() => IntroduceAsync(order, cancellationToken))).Value;
        if (order.Subscription is { } subscription)
        {
            var customer = grains.GetGrain<ICustomerGrain>(order.Payment.CustomerId);
            await caller.CallAsync($"the subscription of order {order.Number}", () => customer.PutSubscriptionAsync(subscription), cancellationToken);
            meter.CountSubscribed();
        }

        return order.Provider == "recoup" ? await SubmitAsync(order, cancellationToken) : await BillAsync(order, cancellationToken);
    }

    private Task<CustomerView> IntroduceAsync(SimulatedOrder order, CancellationToken cancellationToken)
    {
        var customer = grains.GetGrain<ICustomerGrain>(order.Payment.CustomerId);
        return caller.CallAsync($"customer {order.Payment.CustomerId}", () => customer.PutAsync(order.Profile), cancellationToken);
    }

    private async Task<string> SubmitAsync(SimulatedOrder order, CancellationToken cancellationToken)
    {
        var paymentId = PaymentIds.PaymentId(order.Payment.MerchantId, order.IdempotencyKey);
        var payment = grains.GetGrain<IPaymentGrain>(paymentId);
        var started = clock.GetTimestamp();
        var outcome = await caller.CallAsync(
            $"order {order.Number}", () => payment.SubmitAsync(order.Payment, order.IdempotencyKey), cancellationToken);
        if (outcome.Result is SubmitResult.Conflict)
        {
            throw new CommandFailedException(
                $"Order {order.Number} was submitted before with another {string.Join(", ", outcome.Differs)}.",
                "The silo's data are of another world: start it with the seed of that world, or with an empty data folder.");
        }

        meter.CountAcknowledged(clock.GetElapsedTime(started), outcome.Result is SubmitResult.AlreadySubmitted);
        return paymentId;
    }

    private async Task<string?> BillAsync(SimulatedOrder order, CancellationToken cancellationToken)
    {
        await caller.CallAsync($"order {order.Number}", () => processor.BillAsync(order), cancellationToken);
        meter.CountBilled();
        return null;
    }
}
