using Recoup.Gateways.Simulated.Ledger;
using Recoup.Gateways.Simulated.World;

namespace Recoup.Gateways.Simulated.Agenda;

/// <summary>A few of the payments that succeeded have an aftermath: the customer wants the money back, or the cardholder disputes the charge.</summary>
internal sealed class FollowUps(SimulatedWorld world)
{
    private const double ShareRefunded = 0.02;
    private const double ShareDisputed = 0.006;

    public void Plan(LedgerBook book, LedgerEntry charge)
    {
        if (!charge.Succeeded)
        {
            return;
        }

        var dice = world.Dice.With("aftermath").With(charge.IdempotencyKey);
        if (dice.With("refund").Happens(ShareRefunded))
        {
            Add(book, AgendaKinds.Refund, charge, TimeSpan.FromHours(dice.With("when").Between(2, 24 * 6)));
        }
        else if (dice.With("dispute").Happens(ShareDisputed))
        {
            Add(book, AgendaKinds.Dispute, charge, TimeSpan.FromDays(dice.With("when").Between(1, 12)));
        }
    }

    private static void Add(LedgerBook book, string kind, LedgerEntry charge, TimeSpan wait) =>
        book.Agenda.Add(new AgendaItem($"{kind}:{charge.IdempotencyKey}", kind, charge.CreatedAt + wait, charge.ChargeId));
}
