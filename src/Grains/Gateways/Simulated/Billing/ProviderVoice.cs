using Microsoft.Extensions.Options;
using Recoup.Gateways.Simulated.Agenda;
using Recoup.Gateways.Simulated.Ledger;
using Recoup.Gateways.Simulated.Webhooks;
using Recoup.Gateways.Simulated.World;

namespace Recoup.Gateways.Simulated.Billing;

/// <summary>Puts a provider's webhooks on the agenda: some twice, and not always in the order in which things happened, as real ones come.</summary>
internal sealed class ProviderVoice(SimulatedWorld world, IOptions<SimulatedGatewayOptions> options)
{
    private const double ShareDeliveredTwice = 0.03;

    private readonly StripeEvents stripe = new(world);
    private readonly SquareEvents square = new(world);

    public void TellCharge(LedgerBook book, ProviderBill bill, LedgerEntry charge) =>
        Tell(book, bill, charge.CreatedAt, EventsOf(bill).Charged(bill, charge));

    public void TellSubscription(LedgerBook book, ProviderBill bill, LedgerEntry charge) =>
        Tell(book, bill, charge.CreatedAt, EventsOf(bill).Subscribed(bill, charge));

    public void TellRefund(LedgerBook book, ProviderBill bill, LedgerEntry charge, LedgerEntry refund, long refundedMinor) =>
        Tell(book, bill, refund.CreatedAt, EventsOf(bill).Refunded(bill, charge, refund, refundedMinor));

    public void TellDispute(LedgerBook book, ProviderBill bill, LedgerEntry charge, ChargeDispute dispute) =>
        Tell(book, bill, dispute.At, EventsOf(bill).Disputed(bill, charge, dispute));

    private IProviderEvents EventsOf(ProviderBill bill) => bill.Provider == "stripe" ? stripe : square;

    private void Tell(LedgerBook book, ProviderBill bill, DateTimeOffset at, IEnumerable<ProviderNotice> notices)
    {
        if (!options.Value.IsHeard(bill.Provider))
        {
            return;
        }

        foreach (var notice in notices)
        {
            var dice = world.Dice.With("delivery").With(notice.EventId);
            var item = new AgendaItem($"{notice.EventId}:1", AgendaKinds.Webhook(bill.Provider), at.AddSeconds(dice.With("wait").Between(0.2, 4)), notice.Body);
            book.Agenda.Add(item);
            if (dice.With("twice").Happens(ShareDeliveredTwice))
            {
                book.Agenda.Add(item with { Name = $"{notice.EventId}:2", DueAt = at.AddMinutes(dice.With("again").Between(1, 60)) });
            }
        }
    }
}
