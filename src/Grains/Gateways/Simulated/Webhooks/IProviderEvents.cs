using Recoup.Gateways.Simulated.Billing;
using Recoup.Gateways.Simulated.Ledger;

namespace Recoup.Gateways.Simulated.Webhooks;

/// <summary>How one provider tells what happened.</summary>
internal interface IProviderEvents
{
    /// <summary>A charge ended; with an invoice, the invoice's view of it too.</summary>
    IEnumerable<ProviderNotice> Charged(ProviderBill bill, LedgerEntry charge);

    /// <summary>The bill's subscription began or was renewed.</summary>
    IEnumerable<ProviderNotice> Subscribed(ProviderBill bill, LedgerEntry charge);

    /// <param name="bill">What it was for.</param>
    /// <param name="charge">What is given back.</param>
    /// <param name="refund">This refund.</param>
    /// <param name="refundedMinor">All that has gone back of the charge, this refund with it.</param>
    IEnumerable<ProviderNotice> Refunded(ProviderBill bill, LedgerEntry charge, LedgerEntry refund, long refundedMinor);

    IEnumerable<ProviderNotice> Disputed(ProviderBill bill, LedgerEntry charge, ChargeDispute dispute);
}

/// <summary>A cardholder's dispute of a charge, at its beginning or at its end.</summary>
/// <param name="DisputeId">In the provider's shape.</param>
/// <param name="OpenedAt">Business time.</param>
/// <param name="At">When this was told; business time.</param>
/// <param name="Outcome"><c>won</c> or <c>lost</c> (as the merchant sees it); null: open.</param>
internal sealed record ChargeDispute(string DisputeId, DateTimeOffset OpenedAt, DateTimeOffset At, string? Outcome)
{
    public bool IsClosed => Outcome is not null;

    public DateTimeOffset EvidenceDueAt => OpenedAt.AddDays(9);
}
