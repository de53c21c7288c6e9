using Recoup.Amounts;
using Recoup.Payments;
using Recoup.Webhooks;

namespace Recoup.Gateways.Square;

/// <summary><c>invoice.*</c>: an invoice never names its payments; the order that they share makes them one payment.</summary>
internal static class SquareInvoices
{
    public static ProviderEvent Read(EventReading reading)
    {
        var invoice = reading.Object;
        var told = new ProviderEvent
        {
            MerchantId = reading.MerchantId,
            Aliases = SquareIds.Aliases(invoice.Text("order_id"), payment: null, invoice.Text("id")),
            Faults = reading.Faults,
        };
        return reading.Event.EventType switch
        {
            "invoice.payment_made" when invoice.Text("status")?.ToUpperInvariant() is "PAID" or null =>
                Ended(reading, told, Sum(reading, "total_completed_amount_money") ?? Sum(reading, "computed_amount_money"), succeeded: true),
            "invoice.payment_made" => told with { Note = "paid in part: the invoice is still open" },
            "invoice.scheduled_charge_failed" =>
                Ended(reading, told, reading.SquareMoney("next_payment_amount_money") ?? Sum(reading, "computed_amount_money"), succeeded: false),
            "invoice.canceled" => told with { Facts = [Cancelled(reading)] },
            _ => told with { Note = "this event type says nothing new about the money" },
        };
    }

    private static ProviderEvent Ended(EventReading reading, ProviderEvent told, Money? amount, bool succeeded)
    {
        if (amount is not { Minor: > 0 } money || told.Aliases.Count == 0)
        {
            return told with { Note = "the invoice's id, amount or currency is missing, or nothing is due" };
        }

        var invoice = reading.Object;
        var fact = new ChargeReported
        {
            SourceEvent = reading.InboxKey,
            Provider = reading.Event.Provider,
            OccurredAt = reading.OccurredAt,
            Succeeded = succeeded,
            Payment = new SubmitPayment
            {
                CustomerId = invoice.Text("primary_recipient.customer_id", "customer_id") ?? reading.UnknownCustomer,
                MerchantId = reading.MerchantId,
                AmountMinor = money.Minor,
                Currency = money.CurrencyCode,
                CardId = invoice.Items("payment_requests").Select(request => request.Text("card_id")).FirstOrDefault(id => id is not null),
                InitiatedBy = Initiator.Merchant,
                SubscriptionId = invoice.Text("subscription_id"),
            },
        };
        return told with { Facts = [fact] };
    }

    /// <summary>Over all payment requests (deposit, instalments, balance); null when none has it.</summary>
    private static Money? Sum(EventReading reading, string field)
    {
        Money? sum = null;
        foreach (var (request, index) in reading.Object.Items("payment_requests").Select((request, index) => (request, index)))
        {
            var money = request.At(field);
            if (!money.IsPresent())
            {
                continue;
            }

            var path = $"payment_requests[{index}].{field}";
            var part = reading.Check(path + ".amount", path + ".currency", LenientJson.AsInteger(money.At("amount")), money.Text("currency")?.ToUpperInvariant());
            if (part is not { Minor: > 0 } positive)
            {
                continue;
            }

            sum = sum is { } total && total.CurrencyCode == positive.CurrencyCode ? total + positive : positive;
        }

        return sum;
    }

    private static CancelReported Cancelled(EventReading reading) => new()
    {
        SourceEvent = reading.InboxKey,
        Provider = reading.Event.Provider,
        OccurredAt = reading.OccurredAt,
        Reason = "invoice_canceled",
    };
}
