using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Recoup.Gateways.Simulated.Webhooks;

/// <summary>Signs as the providers do.</summary>
internal static class WebhookSignature
{
    public const string StripeHeader = "Stripe-Signature";
    public const string SquareHeader = "x-square-hmacsha256-signature";

    /// <summary><c>t=...,v1=...</c>: HMAC-SHA256 over time and body. Source: Stripe docs, "Verify webhook signatures manually".</summary>
    /// <param name="sentAt">Wall time: a receiver refuses what is older than five minutes.</param>
    /// <param name="secret">The endpoint's secret.</param>
    /// <param name="body">What is sent, byte for byte.</param>
    public static string Stripe(string secret, string body, DateTimeOffset sentAt)
    {
        var seconds = sentAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{seconds}.{body}"));
        return $"t={seconds},v1={Convert.ToHexStringLower(hash)}";
    }

    /// <summary>HMAC-SHA256 over notification URL and body, base64. Source: Square docs, "Validate webhook notifications".</summary>
    public static string Square(string key, string notificationUrl, string body) =>
        Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(notificationUrl + body)));
}
