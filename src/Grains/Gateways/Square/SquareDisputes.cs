using Recoup.Payments;
using Recoup.Webhooks;

namespace Recoup.Gateways.Square;

/// <summary><c>dispute.*</c>: each carries the whole dispute with its state, those about evidence too.</summary>
internal static class SquareDisputes
{
    public static ProviderEvent Read(EventReading reading)
    {
        var dispute = reading.Object;
        var paymentId = dispute.Text("disputed_payment.payment_id", "payment_id")
            ?? dispute.Items("disputed_payments").Select(payment => payment.Text("payment_id")).FirstOrDefault(id => id is not null);
        var told = new ProviderEvent
        {
            MerchantId = reading.MerchantId,
            Aliases = SquareIds.Aliases(order: null, paymentId, invoice: null),
            Faults = reading.Faults,
        };
        var disputeId = dispute.Text("dispute_id", "id") ?? reading.Root.Text("data.id");
        if (reading.SquareMoney("amount_money") is not { Minor: > 0 } money || disputeId is null || paymentId is null)
        {
            return told with { Note = "the dispute's id, payment, amount or currency is missing" };
        }

        var fact = new DisputeReported
        {
            SourceEvent = reading.InboxKey,
            Provider = reading.Event.Provider,
            OccurredAt = dispute.Time("updated_at") ?? reading.OccurredAt,
            DisputeId = disputeId,
            ChargeId = paymentId,
            AmountMinor = money.Minor,
            Currency = money.CurrencyCode,
            Status = StatusOf(dispute.Text("state", "status")),
            Reason = dispute.Text("reason")?.ToLowerInvariant(),
            EvidenceDueAt = dispute.Time("due_at"),
        };
        return told with { Facts = [fact] };
    }

    private static string StatusOf(string? state) => state?.ToUpperInvariant() switch
    {
        "PROCESSING" or "INQUIRY_PROCESSING" => "under_review",
        "WON" or "INQUIRY_CLOSED" => "won",
        "LOST" or "ACCEPTED" => "lost",
        _ => "needs_response",
    };
}
