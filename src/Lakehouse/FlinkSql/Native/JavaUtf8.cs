using System.Text;

namespace Recoup.Lakehouse.FlinkSql.Native;

/// <summary>UTF-8 as Java writes it: what is no character becomes <c>?</c>, not U+FFFD.</summary>
internal static class JavaUtf8
{
    private static readonly Encoding Encoding = System.Text.Encoding.GetEncoding(
        "utf-8", new EncoderReplacementFallback("?"), DecoderFallback.ReplacementFallback);

    public static int LongestLength(int characters) => Encoding.GetMaxByteCount(characters);

    public static int Encode(ReadOnlySpan<char> text, Span<byte> target) => Encoding.GetBytes(text, target);

    public static byte[] Encode(string text) => Encoding.GetBytes(text);
}
