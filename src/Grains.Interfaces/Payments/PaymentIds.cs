using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Recoup.Payments;

/// <summary>How ids are made: each is a function of what it names, so that a repeated call names the same thing.</summary>
public static class PaymentIds
{
    private const string Base32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int IdLength = 26;
    private static readonly SearchValues<char> IdCharacters = SearchValues.Create(Base32);

    /// <summary><c>pay_</c> and 26 base32 characters of SHA-256 over merchant and idempotency key. It is the payment grain's key.</summary>
    public static string PaymentId(string merchantId, string idempotencyKey)
    {
        // The length of the first part keeps ("a", "b:c") and ("a:b", "c") apart.
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{merchantId.Length}:{merchantId}:{idempotencyKey}"));
        return "pay_" + ToBase32(hash);
    }

    /// <summary>Whether a text is such an id: no payment can have any other.</summary>
    public static bool IsPaymentId(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == IdLength + 4 && text.StartsWith("pay_", StringComparison.Ordinal) && text.AsSpan(4).IndexOfAnyExcept(IdCharacters) < 0;
    }

    /// <summary>The gateway's idempotency key of one attempt; attempt 1 is the first charge.</summary>
    public static string ChargeKey(string paymentId, int attempt) => $"{paymentId}:{attempt}";

    /// <summary>The gateway's idempotency key of one refund of the payment.</summary>
    public static string RefundKey(string paymentId, int refund) => $"{paymentId}:refund:{refund}";

    /// <summary>The id of a payment's n-th event, counted over all topics from 1.</summary>
    public static string EventId(string paymentId, int number) => $"{paymentId}:{number}";

    public static string WorkflowId(string paymentId) => $"recover-{paymentId}";

    private static string ToBase32(ReadOnlySpan<byte> hash)
    {
        Span<char> text = stackalloc char[IdLength];
        for (var i = 0; i < IdLength; i++)
        {
            var bit = i * 5;
            var pair = (hash[bit / 8] << 8) | hash[(bit / 8) + 1];
            text[i] = Base32[(pair >> (11 - (bit % 8))) & 31];
        }

        return new string(text);
    }
}
