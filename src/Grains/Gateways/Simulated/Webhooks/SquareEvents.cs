using Recoup.Gateways.Simulated.Billing;
using Recoup.Gateways.Simulated.Ledger;
using Recoup.Gateways.Simulated.World;

namespace Recoup.Gateways.Simulated.Webhooks;

/// <summary>Tells what happened at Square in Square's documented shapes, cut down to the fields that say something.</summary>
internal sealed class SquareEvents(SimulatedWorld world) : IProviderEvents
{
    private readonly SquareObjects objects = new(world);

    /// <inheritdoc/>
    public IEnumerable<ProviderNotice> Charged(ProviderBill bill, LedgerEntry charge)
    {
        yield return Notice("payment.updated", bill, charge, "payment", charge.ChargeId, new { Payment = objects.Payment(bill, charge) });
        if (bill.InvoiceId is not null)
        {
            var type = charge.Succeeded ? "invoice.payment_made" : "invoice.scheduled_charge_failed";
            yield return Notice(type, bill, charge, "invoice", bill.InvoiceId, new { Invoice = SquareObjects.Invoice(bill, charge) });
        }
    }

    /// <inheritdoc/>
    public IEnumerable<ProviderNotice> Subscribed(ProviderBill bill, LedgerEntry charge)
    {
        var type = bill.Period == 0 ? "subscription.created" : "subscription.updated";
        var subscription = SquareObjects.Subscription(bill, charge);
        yield return Notice(type, bill, charge, "subscription", bill.Subscription!.SubscriptionId, new { Subscription = subscription });
    }

    /// <inheritdoc/>
    public IEnumerable<ProviderNotice> Refunded(ProviderBill bill, LedgerEntry charge, LedgerEntry refund, long refundedMinor)
    {
        var told = new { Refund = SquareObjects.Refund(bill, refund) };
        yield return Notice("refund.created", bill, refund, "refund", refund.ObjectId, told);
        yield return Notice("refund.updated", bill, refund, "refund", refund.ObjectId, told);
    }

    /// <inheritdoc/>
    public IEnumerable<ProviderNotice> Disputed(ProviderBill bill, LedgerEntry charge, ChargeDispute dispute)
    {
        var type = dispute.IsClosed ? "dispute.state.updated" : "dispute.created";
        yield return Notice(type, bill, charge, "dispute", dispute.DisputeId, new { Dispute = SquareObjects.Dispute(bill, charge, dispute) }, dispute.At);
    }

    private ProviderNotice Notice(string type, ProviderBill bill, LedgerEntry cause, string kind, string id, object subject, DateTimeOffset? at = null)
    {
        var eventId = EventId(world.Dice.With("event").With(type).With(cause.IdempotencyKey));
        return new ProviderNotice(eventId, type, ProviderNotice.Serialize(new
        {
            bill.MerchantId,
            Type = type,
            EventId = eventId,
            CreatedAt = SquareObjects.Time(at ?? cause.CreatedAt),
            Data = new { Type = kind, Id = id, Object = subject },
        }));
    }

    /// <summary>A UUID whose groups begin with a letter, so that no long run of digits can be taken for a card number.</summary>
    private static string EventId(Dice dice)
    {
        var hex = $"{dice.With(1).Bits:x16}{dice.With(2).Bits:x16}";
        return $"a{hex[..7]}-b{hex[7..10]}-4{hex[10..13]}-a{hex[13..16]}-c{hex[16..27]}";
    }
}
