using Recoup.Clock;
using Recoup.Gateways.Simulated.Agenda;
using Recoup.Gateways.Simulated.Ledger;
using Recoup.Gateways.Simulated.World;

namespace Recoup.Gateways.Simulated.Billing;

/// <summary>
/// Moves money in the books, within the writer's transaction: what follows from a movement (a provider's webhooks, a later refund or dispute) is put on the
/// agenda in the same commit, so it follows whatever crashes.
/// </summary>
internal sealed class Processor(SimulatedWorld world, GatewayLedger ledger, ProviderVoice voice, FollowUps followUps, IBusinessClock clock)
{
    /// <param name="book">The books.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="bill">What the provider knows of the payment; null: looked up by its Recoup payment id.</param>
    public (LedgerEntry Entry, bool IsNew) Charge(LedgerBook book, ChargeRequest request, ProviderBill? bill = null)
    {
        bill ??= request.Provider == "recoup" ? null : FindBill(book, request.PaymentId);
        var now = clock.UtcNow;
        var cardId = request.CardId ?? world.Customer(request.CustomerId).CardId(1);
        var codes = world.Answer(Ask(request, bill, cardId, now), ledger.Deeds.Of(request.PaymentId, cardId));
        var (entry, isNew) = book.Enter(Entry(request, bill, codes, cardId, now));
        if (isNew)
        {
            followUps.Plan(book, entry);
            if (bill is not null)
            {
                voice.TellCharge(book, bill, entry);
            }
        }

        return (entry, isNew);
    }

    public LedgerEntry Refund(LedgerBook book, RefundRequest request)
    {
        var charge = book.FindCharge(request.ChargeId);
        var (entry, isNew) = book.Enter(Entry(request, charge, WhyNotRefund(book, request, charge), clock.UtcNow));
        if (isNew && charge?.ProviderReference is { } reference && book.Billings.Get(reference) is { } bill)
        {
            voice.TellRefund(book, ProviderBill.Parse(bill), charge, entry, book.RefundedMinor(charge.ChargeId));
        }

        return entry;
    }

    private static ProviderBill? FindBill(LedgerBook book, string paymentId) =>
        book.Billings.ReferenceOf(paymentId) is { } reference && book.Billings.Get(reference) is { } bill ? ProviderBill.Parse(bill) : null;

    private static WorldCharge Ask(ChargeRequest request, ProviderBill? bill, string cardId, DateTimeOffset now) => new()
    {
        Key = request.IdempotencyKey,
        PaymentKey = bill?.Reference ?? request.PaymentId,
        Provider = request.Provider,
        CustomerId = request.CustomerId,
        CardId = cardId,
        CardNetwork = request.CardNetwork,
        AmountMinor = request.AmountMinor,
        At = now,
    };

    private LedgerEntry Entry(ChargeRequest request, ProviderBill? bill, DeclineCodes? codes, string cardId, DateTimeOffset now)
    {
        var chargeId = ObjectIds.Charge(world.Dice, request.Provider, request.IdempotencyKey);
        return new LedgerEntry
        {
            IdempotencyKey = request.IdempotencyKey,
            PaymentId = request.PaymentId,
            Kind = EntryKind.Charge,
            Succeeded = codes is null,
            AmountMinor = request.AmountMinor,
            Currency = request.Currency,
            CreatedAt = now,
            Provider = request.Provider,
            ProviderReference = bill?.Reference,
            ObjectId = chargeId,
            ChargeId = chargeId,
            CustomerId = request.CustomerId,
            MerchantId = request.MerchantId,
            CardId = cardId,
            FailureCode = codes?.FailureCode,
            DeclineCode = codes?.DeclineCode,
            NetworkCode = codes?.NetworkCode,
            AdviceCode = codes?.AdviceCode,
        };
    }

    private LedgerEntry Entry(RefundRequest request, LedgerEntry? charge, string? refusal, DateTimeOffset now) => new()
    {
        IdempotencyKey = request.IdempotencyKey,
        PaymentId = request.PaymentId,
        Kind = EntryKind.Refund,
        Succeeded = refusal is null,
        AmountMinor = request.AmountMinor,
        Currency = request.Currency,
        CreatedAt = now,
        Provider = request.Provider,
        ProviderReference = charge?.ProviderReference,
        ObjectId = ObjectIds.Refund(world.Dice, request.Provider, request.IdempotencyKey, request.ChargeId),
        ChargeId = request.ChargeId,
        CustomerId = charge?.CustomerId,
        MerchantId = charge?.MerchantId,
        FailureCode = refusal,
    };

    /// <summary>Never more goes back than came in.</summary>
    private static string? WhyNotRefund(LedgerBook book, RefundRequest request, LedgerEntry? charge) => charge switch
    {
        null => "charge_not_found",
        { Succeeded: false } => "charge_declined",
        _ when charge.Currency != request.Currency => "currency_mismatch",
        _ when book.RefundedMinor(request.ChargeId) + request.AmountMinor > charge.AmountMinor => "amount_exceeds_charge",
        _ => null,
    };
}
