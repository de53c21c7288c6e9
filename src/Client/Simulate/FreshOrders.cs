using Recoup.Payments;
using Recoup.Simulation;

namespace Recoup.Client.Simulate;

/// <summary>Finds the first order of the world that nobody has placed at this silo yet.</summary>
internal static class FreshOrders
{
    private const int PageSize = 100;

    public static async Task<long> FindFirstAsync(IGrainFactory grains)
    {
        var processor = grains.GetGrain<ISimulatedProcessorGrain>(0);
        for (long first = 1; ; first += PageSize)
        {
            var page = await processor.GetOrdersAsync(first, PageSize);
            var own = page.First(order => order.Provider == "recoup");
            var paymentId = PaymentIds.PaymentId(own.Payment.MerchantId, own.IdempotencyKey);
            if (await grains.GetGrain<IPaymentGrain>(paymentId).GetAsync() is null)
            {
                return first;
            }
        }
    }
}
