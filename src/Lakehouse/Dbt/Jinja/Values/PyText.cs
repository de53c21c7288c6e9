using System.Text;

namespace Recoup.Lakehouse.Dbt.Jinja.Values;

/// <summary>Python's strings are made of code points, .NET's of UTF-16 units: what differs is here.</summary>
internal static class PyText
{
    public static bool IsSpace(char character) => char.IsWhiteSpace(character) || character is >= '\u001c' and <= '\u001f';

    public static int Length(string text) => HasPairs(text) ? text.Length - text.Count(char.IsLowSurrogate) : text.Length;

    /// <summary>One string for each code point.</summary>
    public static IEnumerable<string> Characters(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            var isPair = char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]);
            yield return isPair ? text.Substring(index, 2) : text[index].ToString();
            index += isPair ? 1 : 0;
        }
    }

    /// <summary>The character at an index that is inside the text.</summary>
    public static string At(string text, int index) => HasPairs(text) ? Characters(text).ElementAt(index) : text[index].ToString();

    /// <summary>The order of code points: UTF-16 puts pairs before U+E000.</summary>
    public static int Compare(string left, string right)
    {
        if (!HasPairs(left) && !HasPairs(right))
        {
            return string.CompareOrdinal(left, right);
        }

        var runes = left.EnumerateRunes().Zip(right.EnumerateRunes());
        var first = runes.FirstOrDefault(pair => pair.First != pair.Second);
        return first == default ? left.Length.CompareTo(right.Length) : first.First.CompareTo(first.Second);
    }

    public static string Repeat(string text, long count) =>
        count <= 0 || text.Length == 0 ? "" : new StringBuilder().Insert(0, text, checked((int)count)).ToString();

    public static string Reverse(string text) => string.Concat(Characters(text).Reverse());

    public static string Trim(string text) => TrimEnd(TrimStart(text));

    public static string TrimStart(string text)
    {
        var start = 0;
        while (start < text.Length && IsSpace(text[start]))
        {
            start++;
        }

        return text[start..];
    }

    public static string TrimEnd(string text)
    {
        var end = text.Length;
        while (end > 0 && IsSpace(text[end - 1]))
        {
            end--;
        }

        return text[..end];
    }

    private static bool HasPairs(string text) => text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') >= 0;
}
