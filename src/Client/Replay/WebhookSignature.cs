using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Recoup.Client.Replay;

/// <summary>Signs payloads as the providers do.</summary>
internal static class WebhookSignature
{
    public const string StripeHeader = "Stripe-Signature";
    public const string SquareHeader = "x-square-hmacsha256-signature";

    /// <summary><c>t=unix,v1=hex</c>: HMAC-SHA256 over <c>{t}.{body}</c> (https://docs.stripe.com/webhooks#verify-manually).</summary>
    public static string Stripe(ReadOnlySpan<byte> body, string secret, DateTimeOffset now)
    {
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var hash = Hash(secret, Encoding.UTF8.GetBytes(timestamp + "."), body);
        return $"t={timestamp},v1={Convert.ToHexStringLower(hash)}";
    }

    /// <summary>Base64 of HMAC-SHA256 over notification URL and body (https://developer.squareup.com/docs/webhooks/step3validate).</summary>
    public static string Square(ReadOnlySpan<byte> body, string signatureKey, Uri notificationUrl) =>
        Convert.ToBase64String(Hash(signatureKey, Encoding.UTF8.GetBytes(notificationUrl.OriginalString), body));

    private static byte[] Hash(string key, ReadOnlySpan<byte> before, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(key));
        hash.AppendData(before);
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }
}
