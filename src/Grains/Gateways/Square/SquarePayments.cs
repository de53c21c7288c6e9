using Recoup.Amounts;
using Recoup.Payments;
using Recoup.Webhooks;

namespace Recoup.Gateways.Square;

/// <summary><c>payment.created</c> and <c>payment.updated</c>: one payment of Square is one charge; its status says how it ended.</summary>
internal static class SquarePayments
{
    public static ProviderEvent Read(EventReading reading)
    {
        var payment = reading.Object;
        var ownKey = payment.Text("reference_id");
        var told = new ProviderEvent
        {
            MerchantId = reading.MerchantId,
            Aliases = SquareIds.Aliases(payment.Text("order_id"), payment.Text("id"), payment.Text("invoice_id")),
            OwnPaymentId = OwnKeys.PaymentOf(ownKey),
            Faults = reading.Faults,
        };
        return payment.Text("status")?.ToUpperInvariant() switch
        {
            "COMPLETED" or "CAPTURED" => Ended(reading, told, ownKey, succeeded: true),
            "FAILED" => Ended(reading, told, ownKey, succeeded: false),
            "CANCELED" or "CANCELLED" or "VOIDED" => told with { Facts = [Cancelled(reading)] },
            _ => told with { Note = "the payment has not ended yet" },
        };
    }

    private static ProviderEvent Ended(EventReading reading, ProviderEvent told, string? ownKey, bool succeeded)
    {
        if (reading.SquareMoney("total_money", "amount_money", "approved_money") is not { Minor: > 0 } money || told.Aliases.Count == 0)
        {
            return told with { Note = "the payment's id, amount or currency is missing, or no money moved" };
        }

        var decline = succeeded ? new SquareDecline(null, null) : SquareDecline.Of(reading.Object);
        var fact = new ChargeReported
        {
            SourceEvent = reading.InboxKey,
            Provider = reading.Event.Provider,
            OccurredAt = reading.Object.Time("updated_at") ?? reading.OccurredAt,
            ChargeId = reading.Object.Text("id"),
            Succeeded = succeeded,
            Payment = Parameters(reading, money),
            FailureCode = decline.FailureCode,
            DeclineCode = decline.DeclineCode,
            IdempotencyKey = told.OwnPaymentId is null ? null : ownKey,
        };
        return told with { Facts = [fact] };
    }

    private static SubmitPayment Parameters(EventReading reading, Money money)
    {
        var payment = reading.Object;
        return new SubmitPayment
        {
            CustomerId = payment.Text("customer_id") ?? reading.UnknownCustomer,
            MerchantId = reading.MerchantId,
            AmountMinor = money.Minor,
            Currency = money.CurrencyCode,
            CardId = payment.Text("card_details.card.id", "source_id"),
            CardNetwork = CardNetworks.Normalise(payment.Text("card_details.card.card_brand", "card_details.card.brand")),
            CardCountry = CountryOf(payment.Text("card_details.card.issuer_country", "card_details.card.billing_address.country")),
            BillingCountry = CountryOf(payment.Text("billing_address.country", "card_details.card.billing_address.country")),

            // A card on file is charged by the merchant; a keyed, dipped or tapped one by the customer.
            InitiatedBy = payment.Text("card_details.entry_method")?.ToUpperInvariant() == "ON_FILE" ? Initiator.Merchant : Initiator.Customer,
            SubscriptionId = payment.Text("subscription_id", "subscription_details.subscription_id"),
        };
    }

    private static CancelReported Cancelled(EventReading reading) => new()
    {
        SourceEvent = reading.InboxKey,
        Provider = reading.Event.Provider,
        OccurredAt = reading.Object.Time("updated_at") ?? reading.OccurredAt,
        Reason = reading.Object.Text("cancellation_reason") ?? "canceled",
    };

    private static string? CountryOf(string? text) => text is { Length: 2 } && char.IsAsciiLetter(text[0]) && char.IsAsciiLetter(text[1]) ? text.ToUpperInvariant() : null;
}
