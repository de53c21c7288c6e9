using Recoup.Amounts;
using Recoup.Clock;
using Recoup.Gateways.Simulated.Faults;
using Recoup.Gateways.Simulated.Ledger;
using Recoup.Gateways.Simulated.World;

namespace Recoup.Gateways.Simulated;

/// <summary>
/// A processor with a world behind it. It keeps its own books as an outside one would: it knows nothing of our grains, and believes only in idempotency keys.
/// </summary>
internal sealed class SimulatedGateway(GatewayLedger ledger, SimulatedWorld world, FaultInjector faults, IBusinessClock clock) : IPaymentGateway
{
    public Task<GatewayCharge> ChargeAsync(ChargeRequest request, CancellationToken cancellationToken)
    {
        RequireAmount(request.AmountMinor, request.Currency);
        return faults.CallAsync(request.IdempotencyKey, () => ledger.WriteAsync(book => Charge(book, request)), cancellationToken);
    }

    // Asked through the writer's queue, so that a charge that is on its way is seen.
    public Task<GatewayCharge?> FindChargeAsync(string provider, string idempotencyKey, CancellationToken cancellationToken) => faults.CallAsync(
        idempotencyKey,
        () => ledger.WriteAsync(book => book.Find(idempotencyKey) is { Kind: EntryKind.Charge } entry ? Answer(entry) : null),
        cancellationToken);

    public Task<GatewayRefund> RefundAsync(RefundRequest request, CancellationToken cancellationToken)
    {
        RequireAmount(request.AmountMinor, request.Currency);
        return faults.CallAsync(request.IdempotencyKey, () => ledger.WriteAsync(book => Refund(book, request)), cancellationToken);
    }

    private GatewayCharge Charge(LedgerBook book, ChargeRequest request)
    {
        var reference = request.Provider == "recoup" ? null : book.Billings.ReferenceOf(request.PaymentId);
        var now = clock.UtcNow;
        var codes = world.Answer(
            new WorldCharge
            {
                Key = request.IdempotencyKey,
                PaymentKey = reference ?? request.PaymentId,
                Provider = request.Provider,
                CustomerId = request.CustomerId,
                CardId = request.CardId,
                CardNetwork = request.CardNetwork,
                AmountMinor = request.AmountMinor,
                At = now,
            },
            ledger.Deeds.Of(request.PaymentId, request.CardId));
        var chargeId = ObjectIds.Charge(world.Dice, request.Provider, request.IdempotencyKey);
        var (entry, _) = book.Enter(new LedgerEntry
        {
            IdempotencyKey = request.IdempotencyKey,
            PaymentId = request.PaymentId,
            Kind = EntryKind.Charge,
            Succeeded = codes is null,
            AmountMinor = request.AmountMinor,
            Currency = request.Currency,
            CreatedAt = now,
            Provider = request.Provider,
            ProviderReference = reference,
            ObjectId = chargeId,
            ChargeId = chargeId,
            CustomerId = request.CustomerId,
            MerchantId = request.MerchantId,
            CardId = request.CardId,
            FailureCode = codes?.FailureCode,
            DeclineCode = codes?.DeclineCode,
            NetworkCode = codes?.NetworkCode,
            AdviceCode = codes?.AdviceCode,
        });
        return Answer(entry);
    }

    private GatewayRefund Refund(LedgerBook book, RefundRequest request)
    {
        var refusal = WhyNotRefund(book, request);
        var charge = book.FindCharge(request.ChargeId);
        var (entry, _) = book.Enter(new LedgerEntry
        {
            IdempotencyKey = request.IdempotencyKey,
            PaymentId = request.PaymentId,
            Kind = EntryKind.Refund,
            Succeeded = refusal is null,
            AmountMinor = request.AmountMinor,
            Currency = request.Currency,
            CreatedAt = clock.UtcNow,
            Provider = request.Provider,
            ProviderReference = charge?.ProviderReference,
            ObjectId = ObjectIds.Refund(world.Dice, request.Provider, request.IdempotencyKey, request.ChargeId),
            ChargeId = request.ChargeId,
            CustomerId = charge?.CustomerId,
            MerchantId = charge?.MerchantId,
            FailureCode = refusal,
        });
        return new GatewayRefund { RefundId = entry.ObjectId, Succeeded = entry.Succeeded, At = entry.CreatedAt, FailureReason = entry.FailureCode };
    }

    /// <summary>Never more goes back than came in.</summary>
    private static string? WhyNotRefund(LedgerBook book, RefundRequest request) => book.FindCharge(request.ChargeId) switch
    {
        null => "charge_not_found",
        { Succeeded: false } => "charge_declined",
        var charge when charge.Currency != request.Currency => "currency_mismatch",
        var charge when book.RefundedMinor(request.ChargeId) + request.AmountMinor > charge.AmountMinor => "amount_exceeds_charge",
        _ => null,
    };

    private static GatewayCharge Answer(LedgerEntry entry) => new()
    {
        ChargeId = entry.ChargeId,
        Succeeded = entry.Succeeded,
        At = entry.CreatedAt,
        FailureCode = entry.FailureCode,
        DeclineCode = entry.DeclineCode,
        NetworkCode = entry.NetworkCode,
        AdviceCode = entry.AdviceCode,
    };

    private static void RequireAmount(long amountMinor, string currency)
    {
        if (!Currency.IsSupported(currency))
        {
            throw new ArgumentException($"The gateway does not take {currency}: {string.Join(", ", Currency.Supported)}.", nameof(currency));
        }

        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(amountMinor);
    }
}
