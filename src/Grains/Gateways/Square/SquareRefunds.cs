using Recoup.Payments;
using Recoup.Webhooks;

namespace Recoup.Gateways.Square;

/// <summary><c>refund.created</c> and <c>refund.updated</c>. A refund's order is an order of its own, so only the payment's id tells what it belongs to.</summary>
internal static class SquareRefunds
{
    public static ProviderEvent Read(EventReading reading)
    {
        var refund = reading.Object;
        var paymentId = refund.Text("payment_id");
        var told = new ProviderEvent
        {
            MerchantId = reading.MerchantId,
            Aliases = SquareIds.Aliases(order: null, paymentId, invoice: null),
            Faults = reading.Faults,
        };
        if (reading.SquareMoney("amount_money") is not { Minor: > 0 } money || refund.Text("id") is not { } refundId || paymentId is null)
        {
            return told with { Note = "the refund's id, payment, amount or currency is missing, or no money moved" };
        }

        var fact = new RefundReported
        {
            SourceEvent = reading.InboxKey,
            Provider = reading.Event.Provider,
            OccurredAt = refund.Time("updated_at") ?? reading.OccurredAt,
            RefundId = refundId,
            ChargeId = paymentId,
            AmountMinor = money.Minor,
            Currency = money.CurrencyCode,
            Status = refund.Text("status")?.ToUpperInvariant() switch
            {
                "COMPLETED" or "APPROVED" => "succeeded",
                "FAILED" or "REJECTED" => "failed",
                _ => "pending",
            },
            Reason = refund.Text("reason"),
            FailureReason = refund.Items("errors").Select(error => error.Text("code")).FirstOrDefault(code => code is not null)?.ToLowerInvariant(),
        };
        return told with { Facts = [fact] };
    }
}
