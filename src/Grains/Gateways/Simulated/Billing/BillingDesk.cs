using Recoup.Gateways.Simulated.Agenda;
using Recoup.Gateways.Simulated.Ledger;
using Recoup.Gateways.Simulated.World;
using Recoup.Payments;

namespace Recoup.Gateways.Simulated.Billing;

/// <summary>Merchants charge at providers of their own; subscriptions are renewed there until their holder has had enough.</summary>
internal sealed class BillingDesk(SimulatedWorld world, Processor processor, ProviderVoice voice)
{
    private const double ShareThatLeave = 0.05;

    /// <summary>Charges the bill once; repeating it has no effect.</summary>
    public void Bill(LedgerBook book, ProviderBill bill)
    {
        book.Billings.Put(bill.Reference, bill.ToJson());
        var (charge, isNew) = processor.Charge(book, FirstCharge(bill), bill);
        if (!isNew)
        {
            return;
        }

        // Recoup will name the payment after the first of these that it hears of.
        foreach (var alias in bill.Aliases(charge.ChargeId))
        {
            book.Billings.Alias(PaymentIds.PaymentId(bill.MerchantId, alias), bill.Provider, bill.Reference);
        }

        if (bill.Subscription is not null)
        {
            voice.TellSubscription(book, bill, charge);
            PlanRenewal(book, bill);
        }
    }

    private void PlanRenewal(LedgerBook book, ProviderBill bill)
    {
        if (bill.Subscription?.CurrentPeriodEndAt is { } end && !world.Dice.With("leaves").With(bill.FirstChargeKey).Happens(ShareThatLeave))
        {
            var next = bill.Next(world);
            book.Agenda.Add(new AgendaItem($"renewal:{next.FirstChargeKey}", AgendaKinds.Renewal, end, next.ToJson()));
        }
    }

    private static ChargeRequest FirstCharge(ProviderBill bill) => new()
    {
        IdempotencyKey = bill.FirstChargeKey,
        Provider = bill.Provider,
        PaymentId = PaymentIds.PaymentId(bill.MerchantId, bill.Aliases(chargeId: null)[0]),
        Attempt = 1,
        CustomerId = bill.CustomerId,
        MerchantId = bill.MerchantId,
        AmountMinor = bill.AmountMinor,
        Currency = bill.Currency,
        CardId = bill.CardId,
        CardNetwork = bill.CardNetwork,
        CardCountry = bill.CardCountry,
        InitiatedBy = bill.Subscription is null ? Initiator.Customer : Initiator.Merchant,
    };
}
