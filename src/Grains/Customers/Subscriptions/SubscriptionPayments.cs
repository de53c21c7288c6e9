using System.Globalization;
using Recoup.Customers;
using Recoup.Payments;

namespace Recoup.Subscriptions;

/// <summary>The payment that renews a subscription: a function of the subscription and the period, so that asking twice asks for the same payment.</summary>
internal static class SubscriptionPayments
{
    public static string IdempotencyKey(Subscription subscription, DateTimeOffset periodStart) =>
        $"{subscription.SubscriptionId}:{periodStart.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture)}";

    public static SubmitPayment Of(string customerId, Subscription subscription) => new()
    {
        CustomerId = customerId,
        MerchantId = subscription.MerchantId,
        AmountMinor = subscription.AmountMinor,
        Currency = subscription.Currency,
        CardId = subscription.CardId,
        CardNetwork = subscription.CardNetwork,
        CardCountry = subscription.CardCountry,
        InitiatedBy = Initiator.Merchant,
        SubscriptionId = subscription.SubscriptionId,
    };
}
