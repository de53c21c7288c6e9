using System.Text;

namespace Recoup.Lakehouse.FlinkSql.Semantics;

/// <summary>Texts of UTF-8 counted in code points, as Flink counts them.</summary>
internal static class Utf8Text
{
    public static int Count(ReadOnlySpan<byte> text)
    {
        if (Ascii.IsValid(text))
        {
            return text.Length;
        }

        var count = 0;
        foreach (var part in text)
        {
            count += (part & 0xC0) == 0x80 ? 0 : 1;
        }

        return count;
    }

    public static ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> text, int start, int length)
    {
        var first = Offset(text, start);
        return text.Slice(first, Offset(text[first..], length));
    }

    /// <summary>Where the part stands from a code point on, counted in code points from 0; -1 when nowhere.</summary>
    public static int Find(ReadOnlySpan<byte> text, ReadOnlySpan<byte> part, int from)
    {
        if (from > Count(text))
        {
            return -1;
        }

        var start = Offset(text, from);
        var found = text[start..].IndexOf(part);
        return found < 0 ? -1 : Count(text[..(start + found)]);
    }

    private static int Offset(ReadOnlySpan<byte> text, int count)
    {
        if (count >= text.Length)
        {
            return text.Length;
        }

        if (Ascii.IsValid(text[..count]))
        {
            return count;
        }

        var index = 0;
        while (index < text.Length)
        {
            if ((text[index] & 0xC0) != 0x80 && count-- == 0)
            {
                break;
            }

            index++;
        }

        return index;
    }
}
