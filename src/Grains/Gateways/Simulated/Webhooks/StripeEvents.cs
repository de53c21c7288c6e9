using Recoup.Gateways.Simulated.Billing;
using Recoup.Gateways.Simulated.Ledger;
using Recoup.Gateways.Simulated.World;

namespace Recoup.Gateways.Simulated.Webhooks;

/// <summary>Tells what happened at Stripe in Stripe's documented shapes, API version 2024-06-20, cut down to the fields that say something.</summary>
internal sealed class StripeEvents(SimulatedWorld world) : IProviderEvents
{
    private const string ApiVersion = "2024-06-20";

    private readonly StripeObjects objects = new(world);

    /// <inheritdoc/>
    public IEnumerable<ProviderNotice> Charged(ProviderBill bill, LedgerEntry charge)
    {
        var end = charge.Succeeded ? "succeeded" : "failed";
        yield return Notice($"charge.{end}", bill, charge, objects.Charge(bill, charge));
        yield return Notice(charge.Succeeded ? "payment_intent.succeeded" : "payment_intent.payment_failed", bill, charge, objects.PaymentIntent(bill, charge));
        if (bill.InvoiceId is not null)
        {
            yield return Notice(charge.Succeeded ? "invoice.payment_succeeded" : "invoice.payment_failed", bill, charge, StripeObjects.Invoice(bill, charge));
        }
    }

    /// <inheritdoc/>
    public IEnumerable<ProviderNotice> Subscribed(ProviderBill bill, LedgerEntry charge)
    {
        var type = bill.Period == 0 ? "customer.subscription.created" : "customer.subscription.updated";
        yield return Notice(type, bill, charge, StripeObjects.Subscription(bill, charge));
    }

    /// <inheritdoc/>
    public IEnumerable<ProviderNotice> Refunded(ProviderBill bill, LedgerEntry charge, LedgerEntry refund, long refundedMinor)
    {
        yield return Notice("charge.refunded", bill, refund, objects.Charge(bill, charge, refundedMinor, StripeObjects.Refund(bill, refund)));
        yield return Notice("charge.refund.updated", bill, refund, StripeObjects.Refund(bill, refund));
    }

    /// <inheritdoc/>
    public IEnumerable<ProviderNotice> Disputed(ProviderBill bill, LedgerEntry charge, ChargeDispute dispute)
    {
        var type = dispute.IsClosed ? "charge.dispute.closed" : "charge.dispute.created";
        yield return Notice(type, bill, charge, StripeObjects.Dispute(bill, charge, dispute), dispute.At);
    }

    private ProviderNotice Notice(string type, ProviderBill bill, LedgerEntry cause, object subject, DateTimeOffset? at = null)
    {
        var eventId = ObjectIds.Make(world.Dice.With("event").With(type).With(cause.IdempotencyKey), "evt_", 24);
        return new ProviderNotice(eventId, type, ProviderNotice.Serialize(new
        {
            Id = eventId,
            Object = "event",
            Account = bill.MerchantId,
            ApiVersion,
            Created = (at ?? cause.CreatedAt).ToUnixTimeSeconds(),
            Data = new { Object = subject },
            Livemode = false,
            PendingWebhooks = 1,
            Request = new { Id = (string?)null, IdempotencyKey = cause.IdempotencyKey },
            Type = type,
        }));
    }
}
