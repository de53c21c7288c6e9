using Recoup.Amounts;
using Recoup.Gateways.Simulated.Billing;
using Recoup.Gateways.Simulated.Faults;
using Recoup.Gateways.Simulated.Ledger;

namespace Recoup.Gateways.Simulated;

/// <summary>
/// A processor with a world behind it. It keeps its own books as an outside one would: it knows nothing of our grains, and believes only in idempotency keys.
/// </summary>
internal sealed class SimulatedGateway(GatewayLedger ledger, Processor processor, FaultInjector faults) : IPaymentGateway
{
    public Task<GatewayCharge> ChargeAsync(ChargeRequest request, CancellationToken cancellationToken)
    {
        RequireAmount(request.AmountMinor, request.Currency);
        return faults.CallAsync(request.IdempotencyKey, () => ledger.WriteAsync(book => Answer(processor.Charge(book, request).Entry)), cancellationToken);
    }

    // Asked through the writer's queue, so that a charge that is on its way is seen.
    public Task<GatewayCharge?> FindChargeAsync(string provider, string idempotencyKey, CancellationToken cancellationToken) => faults.CallAsync(
        idempotencyKey,
        () => ledger.WriteAsync(book => book.Find(idempotencyKey) is { Kind: EntryKind.Charge } entry ? Answer(entry) : null),
        cancellationToken);

    public Task<GatewayRefund> RefundAsync(RefundRequest request, CancellationToken cancellationToken)
    {
        RequireAmount(request.AmountMinor, request.Currency);
        return faults.CallAsync(request.IdempotencyKey, () => ledger.WriteAsync(book => AnswerRefund(processor.Refund(book, request))), cancellationToken);
    }

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

    private static GatewayRefund AnswerRefund(LedgerEntry entry) => new()
    {
        RefundId = entry.ObjectId,
        Succeeded = entry.Succeeded,
        At = entry.CreatedAt,
        FailureReason = entry.FailureCode,
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
