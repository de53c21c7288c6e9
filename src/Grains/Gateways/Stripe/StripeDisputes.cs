using Recoup.Payments;
using Recoup.Webhooks;

namespace Recoup.Gateways.Stripe;

/// <summary><c>charge.dispute.*</c>.</summary>
internal static class StripeDisputes
{
    public static ProviderEvent Read(EventReading reading)
    {
        var dispute = reading.Object;
        var charge = dispute.Id("charge");
        var told = new ProviderEvent
        {
            MerchantId = reading.MerchantId,
            Aliases = StripeIds.Aliases(dispute.Id("payment_intent"), charge, invoice: null),
            OwnPaymentId = OwnKeys.PaymentOf(StripeIds.OwnKey(dispute)),
            Faults = reading.Faults,
        };
        var amount = reading.Amount("currency", "amount");
        if (amount is not { Minor: > 0 } money || told.Aliases.Count == 0)
        {
            return told with { Note = amount is { Minor: 0 } ? "no money is disputed" : "the dispute's charge, amount or currency is missing" };
        }

        var fact = new DisputeReported
        {
            SourceEvent = reading.InboxKey,
            Provider = reading.Event.Provider,
            OccurredAt = reading.OccurredAt,

            // Before 2013 a dispute had no id of its own: a charge had one dispute.
            DisputeId = dispute.Text("id") ?? $"dp_of_{charge ?? dispute.Id("payment_intent")}",
            ChargeId = charge,
            AmountMinor = money.Minor,
            Currency = money.CurrencyCode,
            Status = StatusOf(dispute.Text("status"), reading.Event.EventType),
            Reason = dispute.Text("reason"),
            NetworkReasonCode = dispute.Text("network_reason_code", "payment_method_details.card.network_reason_code"),
            EvidenceDueAt = dispute.Time("evidence_details.due_by", "evidence_due_by"),
        };
        return told with { Facts = [fact] };
    }

    /// <summary>Inquiries (<c>warning_*</c>) are disputes in waiting; one that is closed or prevented took no money. A refunded one gave it back.</summary>
    private static string StatusOf(string? status, string type) => status switch
    {
        "under_review" or "warning_under_review" => "under_review",
        "won" or "warning_closed" or "prevented" => "won",
        "lost" or "charge_refunded" => "lost",
        null when type == "charge.dispute.funds_reinstated" => "won",
        _ => "needs_response",
    };
}
