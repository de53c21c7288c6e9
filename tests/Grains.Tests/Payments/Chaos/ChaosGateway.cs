using Recoup.Gateways;

namespace Recoup.Grains.Tests.Payments.Chaos;

/// <summary>A processor with a ledger of its own, whose answers get lost before or after the money has moved.</summary>
internal sealed class ChaosGateway(Mischief mischief) : IPaymentGateway
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, (ChargeRequest Request, GatewayCharge Charge)> charges = [];
    private readonly Dictionary<string, (RefundRequest Request, GatewayRefund Refund)> refunds = [];

    public async Task<GatewayCharge> ChargeAsync(ChargeRequest request, CancellationToken cancellationToken)
    {
        Misbehave("the connection was refused");
        await Task.Yield();
        GatewayCharge charge;
        lock (gate)
        {
            if (!charges.TryGetValue(request.IdempotencyKey, out var known))
            {
                var succeeded = mischief.Chance(0.4);
                known = charges[request.IdempotencyKey] = (request, new GatewayCharge
                {
                    ChargeId = $"ch_{charges.Count}",
                    Succeeded = succeeded,
                    At = DateTimeOffset.UnixEpoch,
                    FailureCode = succeeded ? null : "insufficient_funds",
                    NetworkCode = succeeded ? null : "51",
                });
            }

            charge = known.Charge;
        }

        Misbehave("the answer was lost");
        return charge;
    }

    public Task<GatewayCharge?> FindChargeAsync(string provider, string idempotencyKey, CancellationToken cancellationToken)
    {
        Misbehave("the look-up failed");
        lock (gate)
        {
            return Task.FromResult(charges.TryGetValue(idempotencyKey, out var known) ? known.Charge : null);
        }
    }

    public Task<GatewayRefund> RefundAsync(RefundRequest request, CancellationToken cancellationToken)
    {
        Misbehave("the refund was refused");
        GatewayRefund refund;
        lock (gate)
        {
            if (!refunds.TryGetValue(request.IdempotencyKey, out var known))
            {
                known = refunds[request.IdempotencyKey] = (request, new GatewayRefund { RefundId = $"re_{refunds.Count}", Succeeded = true, At = DateTimeOffset.UnixEpoch });
            }

            refund = known.Refund;
        }

        Misbehave("the refund's answer was lost");
        return Task.FromResult(refund);
    }

    /// <summary>Charges of one payment that succeeded and were not given back in full.</summary>
    public IReadOnlyList<string> NetSuccesses(string paymentId)
    {
        lock (gate)
        {
            return [.. charges.Values
                .Where(known => known.Request.PaymentId == paymentId && known.Charge.Succeeded)
                .Where(known => refunds.Values.Where(refund => refund.Request.ChargeId == known.Charge.ChargeId).Sum(refund => refund.Request.AmountMinor) < known.Request.AmountMinor)
                .Select(known => known.Charge.ChargeId)];
        }
    }

    /// <summary>Charges of which more went back than came in.</summary>
    public bool GaveBackTooMuch()
    {
        lock (gate)
        {
            return charges.Values.Any(known => refunds.Values
                .Where(refund => refund.Request.ChargeId == known.Charge.ChargeId)
                .Sum(refund => refund.Request.AmountMinor) > (known.Charge.Succeeded ? known.Request.AmountMinor : 0));
        }
    }

    private void Misbehave(string what)
    {
        try
        {
            mischief.MayThrow(what, 0.15);
        }
        catch (IOException exception)
        {
            throw new GatewayException(what, exception);
        }
    }
}
