using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using Stripe;

namespace Recoup.Silo.Http.Webhooks;

/// <summary>Checks <c>Stripe-Signature: t=…,v1=…</c>; Stripe's own library compares it, in constant time, whatever the event's API version is.</summary>
internal sealed class StripeSignature(IOptions<StripeWebhookOptions> options, TimeProvider time) : IWebhookSignature
{
    public const string Header = "Stripe-Signature";

    public IReadOnlyList<string> MissingSettings => options.Value.Secrets.Length == 0 ? ["Stripe__WebhookSecret"] : [];

    public SignatureFault? Check(IHeaderDictionary headers, ReadOnlyMemory<byte> body)
    {
        var header = headers[Header].ToString();
        if (TimestampOf(header) is not { } signedAt)
        {
            return SignatureFault.Missing($"The header {Header} is missing or has no timestamp; it reads t=<unix seconds>,v1=<hex>.");
        }

        var text = Encoding.UTF8.GetString(body.Span);
        if (!options.Value.Secrets.Any(secret => IsSigned(text, header, secret)))
        {
            return SignatureFault.Wrong($"No v1 of the header {Header} is the HMAC-SHA256 of '<t>.<raw body>' under a secret of Stripe__WebhookSecret.");
        }

        var tolerance = options.Value.WebhookTolerance;
        return Math.Abs((time.GetUtcNow().ToUnixTimeSeconds() - (decimal)signedAt)) > (decimal)tolerance.TotalSeconds
            ? SignatureFault.Stale($"The timestamp of {Header} is more than {tolerance.TotalSeconds} s away from this server's clock; send the event again, freshly signed.")
            : null;
    }

    /// <summary>The timestamp is checked apart, so that a stale event and a wrong signature are told apart.</summary>
    private static bool IsSigned(string body, string header, string secret)
    {
        try
        {
            EventUtility.ValidateSignature(body, header, secret, tolerance: long.MaxValue, utcNow: 0);
            return true;
        }
        catch (StripeException)
        {
            return false;
        }
    }

    private static long? TimestampOf(string header)
    {
        foreach (var part in header.Split(','))
        {
            if (part.Trim().Split('=', 2) is ["t", var seconds] && long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var timestamp))
            {
                return timestamp;
            }
        }

        return null;
    }
}
