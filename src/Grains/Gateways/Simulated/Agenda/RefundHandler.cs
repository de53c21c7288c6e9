using Recoup.Gateways.Simulated.Billing;
using Recoup.Gateways.Simulated.Ledger;
using Recoup.Gateways.Simulated.World;
using Recoup.Payments;

namespace Recoup.Gateways.Simulated.Agenda;

/// <summary>A customer asks for their money: at the merchant, who has Recoup refund it, or at a provider, which does so itself and tells.</summary>
internal sealed class RefundHandler(GatewayLedger ledger, SimulatedWorld world, Processor processor, IGrainFactory grains) : IAgendaHandler
{
    private const double ShareInPart = 0.2;
    private const string Reason = "requested_by_customer";

    public IReadOnlyList<string> Kinds => [AgendaKinds.Refund];

    public async Task DoAsync(AgendaItem item, CancellationToken cancellationToken)
    {
        var charge = await ledger.WriteAsync(book => book.FindCharge(item.Body))
            ?? throw new InvalidOperationException($"The agenda names charge {item.Body}, which is not in the ledger.");
        var amountMinor = AmountMinor(charge);
        if (charge.Provider == "recoup")
        {
            // Refused is an answer too: the payment was refunded or disputed meanwhile.
            await grains.GetGrain<IPaymentGrain>(charge.PaymentId)
                .RefundAsync(new RefundPayment { IdempotencyKey = item.Name, AmountMinor = amountMinor, Reason = Reason });
            return;
        }

        await ledger.WriteAsync(book => processor.Refund(book, new RefundRequest
        {
            IdempotencyKey = $"{charge.Provider}:{item.Name}",
            Provider = charge.Provider,
            PaymentId = charge.PaymentId,
            ChargeId = charge.ChargeId,
            AmountMinor = amountMinor,
            Currency = charge.Currency,
            Reason = Reason,
        }));
    }

    private long AmountMinor(LedgerEntry charge) =>
        world.Dice.With("in part").With(charge.IdempotencyKey).Happens(ShareInPart) ? Math.Max(1, charge.AmountMinor / 2) : charge.AmountMinor;
}
