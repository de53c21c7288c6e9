using Recoup.Payments;

namespace Recoup.Webhooks;

/// <summary>
/// Finds the one payment that the ids of an event belong to, and makes all of them name it. Every step is durable and may be repeated, and concurrent
/// events need no lock: an alias is written once, and of two payments that are one the younger is joined to the older.
/// </summary>
internal sealed class PaymentResolver(IGrainFactory grains)
{
    /// <returns>The payment id to report to; null when the event has no id of a payment.</returns>
    public async Task<string?> ResolveAsync(ProviderEvent told, DateTimeOffset receivedAt)
    {
        if (told.Aliases.Count == 0 && told.OwnPaymentId is null)
        {
            return null;
        }

        PaymentIdentity? payment = null;
        if (told.OwnPaymentId is { } own)
        {
            payment = await FindAsync(own, receivedAt, isOwn: true);
        }

        var unnamed = new List<string>();
        foreach (var alias in told.Aliases)
        {
            if (await grains.GetGrain<IPaymentAliasGrain>(alias).GetAsync() is { } named)
            {
                payment = await UniteAsync(payment, named, receivedAt);
            }
            else
            {
                unnamed.Add(alias);
            }
        }

        foreach (var alias in unnamed)
        {
            // The first id that is seen names the payment; when another event was faster, its name is taken and ours was never used.
            var name = payment?.PaymentId ?? PaymentIds.PaymentId(told.MerchantId, alias);
            var named = await grains.GetGrain<IPaymentAliasGrain>(alias).ClaimAsync(name);
            payment = await UniteAsync(payment, named, receivedAt);
        }

        return payment?.PaymentId;
    }

    /// <summary>Follows the joins from a payment to the one that it is now.</summary>
    private async Task<PaymentIdentity> FindAsync(string paymentId, DateTimeOffset receivedAt, bool isOwn = false)
    {
        var found = await IdentityOf(paymentId).EnsureAsync(receivedAt, isOwn);
        while (found.JoinedTo is { } older)
        {
            found = await IdentityOf(older).EnsureAsync(receivedAt, isOwn: false);
        }

        return found;
    }

    private async Task<PaymentIdentity> UniteAsync(PaymentIdentity? payment, string otherPaymentId, DateTimeOffset receivedAt)
    {
        if (payment?.PaymentId == otherPaymentId)
        {
            return payment;
        }

        var other = await FindAsync(otherPaymentId, receivedAt);
        while (payment is not null && payment.PaymentId != other.PaymentId)
        {
            if (payment.IsOwn && other.IsOwn)
            {
                // Two payments that were submitted apart stay apart, whatever invoice or order they share: the attempt's own key says which it is.
                return payment;
            }

            var (older, younger) = payment.IsOlderThan(other) ? (payment, other) : (other, payment);
            var joined = await IdentityOf(younger.PaymentId).JoinAsync(older.PaymentId);

            // Somebody else may have joined the younger elsewhere meanwhile: then that one and ours are the same payment as well.
            (payment, other) = (older, await FindAsync(joined.JoinedTo!, receivedAt));
            payment = await FindAsync(payment.PaymentId, receivedAt);
        }

        return other;
    }

    private IPaymentIdentityGrain IdentityOf(string paymentId) => grains.GetGrain<IPaymentIdentityGrain>(paymentId);
}
