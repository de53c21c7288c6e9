using System.Text.Json;
using Recoup.Gateways.Simulated.Billing;
using Recoup.Gateways.Simulated.Ledger;
using Recoup.Gateways.Simulated.Webhooks;
using Recoup.Gateways.Simulated.World;
using Recoup.Payments;

namespace Recoup.Gateways.Simulated.Agenda;

/// <summary>A cardholder disputes a charge; some days later the bank has decided. Money that a lost dispute takes is not in these books.</summary>
internal sealed class DisputeHandler(GatewayLedger ledger, SimulatedWorld world, ProviderVoice voice, IGrainFactory grains) : IAgendaHandler
{
    private const double ShareWon = 0.4;

    public IReadOnlyList<string> Kinds => [AgendaKinds.Dispute, AgendaKinds.DisputeEnd];

    public async Task DoAsync(AgendaItem item, CancellationToken cancellationToken)
    {
        var opened = item.Kind == AgendaKinds.Dispute ? new OpenDispute(item.Body, item.DueAt) : OpenDispute.Parse(item.Body);
        var charge = await ledger.WriteAsync(book => book.FindCharge(opened.ChargeId))
            ?? throw new InvalidOperationException($"The agenda names charge {opened.ChargeId}, which is not in the ledger.");
        var dispute = DisputeOf(item, opened, charge);
        if (charge.Provider == "recoup")
        {
            await grains.GetGrain<IPaymentGrain>(charge.PaymentId).ReportAsync(Fact(dispute, charge));
        }

        await ledger.WriteAsync(book => Go(book, charge, dispute));
    }

    private bool Go(LedgerBook book, LedgerEntry charge, ChargeDispute dispute)
    {
        if (charge.ProviderReference is { } reference && book.Billings.Get(reference) is { } bill)
        {
            voice.TellDispute(book, ProviderBill.Parse(bill), charge, dispute);
        }

        if (!dispute.IsClosed)
        {
            var endsAt = dispute.OpenedAt.AddDays(Dice(charge).With("takes").Between(2, 9));
            var body = new OpenDispute(charge.ChargeId, dispute.OpenedAt).ToJson();
            book.Agenda.Add(new AgendaItem($"{AgendaKinds.DisputeEnd}:{charge.IdempotencyKey}", AgendaKinds.DisputeEnd, endsAt, body));
        }

        return true;
    }

    /// <summary>Built from the item alone, so that telling it again tells the same.</summary>
    private ChargeDispute DisputeOf(AgendaItem item, OpenDispute opened, LedgerEntry charge)
    {
        var dice = Dice(charge);
        var outcome = item.Kind == AgendaKinds.Dispute ? null : dice.With("won").Happens(ShareWon) ? "won" : "lost";
        var disputeId = ObjectIds.Make(dice.With("id"), charge.Provider == "square" ? "" : "dp_", 24);
        return new ChargeDispute(disputeId, opened.OpenedAt, item.DueAt, outcome);
    }

    private static DisputeReported Fact(ChargeDispute dispute, LedgerEntry charge) => new()
    {
        SourceEvent = $"recoup:{dispute.DisputeId}:{dispute.Outcome ?? "opened"}",
        Provider = charge.Provider,
        OccurredAt = dispute.At,
        DisputeId = dispute.DisputeId,
        ChargeId = charge.ChargeId,
        AmountMinor = charge.AmountMinor,
        Currency = charge.Currency,
        Status = dispute.Outcome ?? "needs_response",
        Reason = "fraudulent",
        EvidenceDueAt = dispute.EvidenceDueAt,
    };

    private Dice Dice(LedgerEntry charge) => world.Dice.With("dispute of").With(charge.IdempotencyKey);

    private sealed record OpenDispute(string ChargeId, DateTimeOffset OpenedAt)
    {
        public static OpenDispute Parse(string json) => JsonSerializer.Deserialize<OpenDispute>(json, RecoupJson.Options)!;

        public string ToJson() => JsonSerializer.Serialize(this, RecoupJson.Options);
    }
}
