using System.Text;

namespace Recoup.Lakehouse.FlinkSql.Semantics;

/// <summary>Texts as bytes and back, as Java's charsets do it: what cannot be written is <c>?</c>, what cannot be read U+FFFD.</summary>
internal static class JavaEncodings
{
    private static readonly Encoding Latin1 = Encoding.GetEncoding("iso-8859-1", new EncoderReplacementFallback("?"), DecoderFallback.ReplacementFallback);
    private static readonly Encoding Ascii = Encoding.GetEncoding("us-ascii", new EncoderReplacementFallback("?"), new DecoderReplacementFallback("\uFFFD"));

    public static string DecodeUtf8(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    /// <summary>Null for a charset that is not in the shared subset.</summary>
    public static Encoding? Find(string name) => name.ToUpperInvariant() switch
    {
        "UTF-8" => Encoding.UTF8,
        "ISO-8859-1" => Latin1,
        "US-ASCII" => Ascii,
        _ => null,
    };

    /// <summary>A character beyond U+FFFF that the charset has not is one <c>?</c>, where .NET writes two.</summary>
    public static byte[] Encode(Encoding charset, string text)
    {
        var single = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            single.Append(rune.IsBmp || charset is UTF8Encoding ? rune.ToString() : "?");
        }

        return charset.GetBytes(single.ToString());
    }
}
