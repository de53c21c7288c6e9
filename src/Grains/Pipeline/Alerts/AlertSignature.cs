using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Recoup.Pipeline.Alerts;

/// <summary>
/// The header <c>Recoup-Signature: t=&lt;unix seconds&gt;,v1=&lt;hex&gt;</c>: HMAC-SHA256 over the time, a full stop and the body, under the secret that
/// both sides share. The time is signed too, so that a receiver can refuse what was recorded and sent again.
/// </summary>
public static class AlertSignature
{
    public const string Header = "Recoup-Signature";

    public static string Of(ReadOnlySpan<byte> body, string secret, DateTimeOffset wallNow)
    {
        var time = wallNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes(time + "."), .. body];
        return $"t={time},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed))}";
    }
}
