using System.Text.Json;
using Recoup.Clock;
using Recoup.Events;
using Recoup.Payments;

namespace Recoup.Platform.Bench.Load;

/// <summary>
/// Valid charges of payments that no grain knows, as another platform on the same topic would send them: one event a payment, a sixth declined, spread over
/// customers who buy a few times, dated with business time.
/// </summary>
internal sealed class FillEvents(IBusinessClock clock)
{
    /// <summary>The value of the header <c>injected-by</c>.</summary>
    public const string InjectedBy = "platform-bench";

    private const string MerchantPrefix = "mer_fill_";
    private const int Customers = 100_003;
    private const int Merchants = 20;
    private static readonly string[] Currencies = ["USD", "CAD", "GBP", "EUR"];
    private static readonly string[] FailureCodes = ["insufficient_funds", "do_not_honor", "expired_card"];

    /// <summary>The record's key and value.</summary>
    public (string Key, byte[] Value) Make(long number)
    {
        var key = PaymentIds.PaymentId(MerchantPrefix, FormattableString.Invariant($"fill-{number}"));
        return (key, JsonSerializer.SerializeToUtf8Bytes(Event(number, key), RecoupJson.Options));
    }

    private ChargeEvent Event(long number, string paymentId)
    {
        // A stride that shares no factor with the count: neighbours in time are different customers, and all come equally often.
        var customer = number * 7_919 % Customers;
        var isDeclined = number % 6 == 0;
        return new ChargeEvent
        {
            EventId = PaymentIds.EventId(paymentId, 1),
            EventType = isDeclined ? "charge.failed" : "charge.succeeded",
            SchemaVersion = OutgoingEvent.SchemaVersion,
            CreatedAt = clock.UtcNow,
            PaymentId = paymentId,
            CustomerId = FormattableString.Invariant($"cus_fill_{customer}"),
            MerchantId = FormattableString.Invariant($"{MerchantPrefix}{number % Merchants}"),
            Provider = "recoup",
            AmountMinor = 499 + (number * 37 % 9_500),
            Currency = Currencies[customer % Currencies.Length],
            CardId = FormattableString.Invariant($"card_fill_{customer}"),
            CardNetwork = customer % 2 == 0 ? "visa" : "mastercard",
            CardCountry = "US",
            BillingCountry = "US",
            PaymentMethod = "card",
            Attempt = 1,
            IsFinal = true,
            FailureCode = isDeclined ? FailureCodes[number / 6 % FailureCodes.Length] : null,
            FraudScore = 0.012,
        };
    }
}
