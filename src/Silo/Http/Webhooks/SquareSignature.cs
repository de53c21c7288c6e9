using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Recoup.Silo.Http.Webhooks;

/// <summary>
/// Checks <c>x-square-hmacsha256-signature</c>: base64 of HMAC-SHA256 over notification URL and raw body. Nothing in it is a time, so replays are
/// recognised by their event id.
/// </summary>
internal sealed class SquareSignature(IOptions<SquareWebhookOptions> options) : IWebhookSignature
{
    public const string Header = "x-square-hmacsha256-signature";

    public IReadOnlyList<string> MissingSettings
    {
        get
        {
            var missing = new List<string>();
            if (options.Value.Keys.Length == 0)
            {
                missing.Add("Square__SignatureKey");
            }

            if (options.Value.NotificationUrl.Length == 0)
            {
                missing.Add("Square__NotificationUrl");
            }

            return missing;
        }
    }

    public SignatureFault? Check(IHeaderDictionary headers, ReadOnlyMemory<byte> body)
    {
        var given = new byte[HMACSHA256.HashSizeInBytes];
        if (!Convert.TryFromBase64String(headers[Header].ToString(), given, out var written) || written != given.Length)
        {
            return SignatureFault.Missing($"The header {Header} is missing or is not base64 of 32 bytes.");
        }

        // Every key is tried, so that the time taken does not tell which one fits.
        var isSigned = false;
        foreach (var key in options.Value.Keys)
        {
            isSigned |= CryptographicOperations.FixedTimeEquals(given, Sign(key, options.Value.NotificationUrl, body.Span));
        }

        return isSigned
            ? null
            : SignatureFault.Wrong($"{Header} is not the HMAC-SHA256 of Square__NotificationUrl and the raw body under a key of Square__SignatureKey.");
    }

    private static byte[] Sign(string key, string notificationUrl, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(key));
        hmac.AppendData(Encoding.UTF8.GetBytes(notificationUrl));
        hmac.AppendData(body);
        return hmac.GetHashAndReset();
    }
}
