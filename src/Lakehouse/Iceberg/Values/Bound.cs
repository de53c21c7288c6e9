using System.Text;
using Recoup.Lakehouse.Iceberg.Schemas;

namespace Recoup.Lakehouse.Iceberg.Values;

/// <summary>Shortens bounds of text and bytes to 16 code points or bytes, the upper one raised so that it stays above every value.</summary>
internal static class Bound
{
    private const int Kept = 16;
    private const int HighestCodePoint = 0x10FFFF;

    public static object Lower(PrimitiveType type, object value) => type.Kind switch
    {
        PrimitiveKind.String => Text(Runes((string)value).Take(Kept)),
        PrimitiveKind.Binary => ((byte[])value).Take(Kept).ToArray(),
        _ => value,
    };

    /// <summary>The upper bound, or null where nothing can be raised: there is none then.</summary>
    public static object? Upper(PrimitiveType type, object value) => type.Kind switch
    {
        PrimitiveKind.String => UpperText((string)value),
        PrimitiveKind.Binary => UpperBytes((byte[])value),
        _ => value,
    };

    private static string? UpperText(string value)
    {
        var runes = Runes(value).ToArray();
        if (runes.Length <= Kept)
        {
            return value;
        }

        for (var last = Kept - 1; last >= 0; last--)
        {
            if (runes[last].Value < HighestCodePoint)
            {
                var raised = runes[last].Value + 1;
                return Text(runes.Take(last).Append(new Rune(raised is 0xD800 ? 0xE000 : raised)));
            }
        }

        return null;
    }

    private static byte[]? UpperBytes(byte[] value)
    {
        if (value.Length <= Kept)
        {
            return value;
        }

        var last = Array.FindLastIndex(value, Kept - 1, octet => octet is not 0xFF);
        return last < 0 ? null : [.. value.Take(last), (byte)(value[last] + 1)];
    }

    private static IEnumerable<Rune> Runes(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            yield return rune;
        }
    }

    private static string Text(IEnumerable<Rune> runes) => string.Concat(runes.Select(rune => rune.ToString()));
}
