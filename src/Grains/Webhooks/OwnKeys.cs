namespace Recoup.Webhooks;

/// <summary>Recognises the idempotency keys of Recoup's own attempts and refunds when a provider gives them back.</summary>
internal static class OwnKeys
{
    private const string Prefix = "pay_";
    private const int PaymentIdLength = 30;

    /// <summary>The payment of <c>{payment_id}:{attempt}</c> or <c>{payment_id}:refund:{n}</c>; null for a key of somebody else's.</summary>
    public static string? PaymentOf(string? key)
    {
        if (key is null || key.IndexOf(':', StringComparison.Ordinal) != PaymentIdLength || !key.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var number = key.AsSpan(key.LastIndexOf(':') + 1);
        var middle = key.AsSpan(PaymentIdLength, key.Length - PaymentIdLength - number.Length);
        var isOurs = number.Length is > 0 and < 10 && !number.ContainsAnyExceptInRange('0', '9') && middle is ":" or ":refund:";
        return isOurs ? key[..PaymentIdLength] : null;
    }
}
