namespace Recoup.Webhooks;

/// <summary>
/// One provider id of a payment (<c>stripe:pi_…</c>, <c>square:order:…</c>), which is the key, and the payment that it names. It is written once:
/// what it names never changes; when that payment is joined to an older one, <see cref="IPaymentIdentityGrain"/> knows.
/// </summary>
[Alias("recoup.payment-alias")]
public interface IPaymentAliasGrain : IGrainWithStringKey
{
    /// <summary>The payment id; null while nothing was heard of this provider id.</summary>
    [Alias("get")]
    Task<string?> GetAsync();

    /// <summary>Names this payment unless it names one already; answers which one it names. The answer is on disk.</summary>
    [Alias("claim")]
    Task<string> ClaimAsync(string paymentId);
}
