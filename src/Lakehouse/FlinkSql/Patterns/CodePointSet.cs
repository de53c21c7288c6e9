using System.Globalization;
using System.Text;

namespace Recoup.Lakehouse.FlinkSql.Patterns;

/// <summary>A set of Unicode's code points without the surrogates, as ranges in order.</summary>
internal sealed class CodePointSet
{
    private const int Last = 0x10FFFF;

    private readonly List<(int First, int Last)> ranges = [];

    public static CodePointSet Of(params ReadOnlySpan<(int First, int Last)> ranges)
    {
        var set = new CodePointSet();
        foreach (var (first, last) in ranges)
        {
            set.ranges.Add((first, last));
        }

        return set.Normalize();
    }

    public static CodePointSet OfCategories(Func<UnicodeCategory, bool> isMember)
    {
        var set = new CodePointSet();
        for (var code = 0; code <= Last; code++)
        {
            if (code == 0xD800)
            {
                code = 0xE000;
            }

            if (isMember(CharUnicodeInfo.GetUnicodeCategory(code)))
            {
                set.ranges.Add((code, code));
            }
        }

        return set.Normalize();
    }

    public CodePointSet Union(CodePointSet other) => Of([.. ranges, .. other.ranges]);

    public CodePointSet Complement()
    {
        var set = new CodePointSet();
        var next = 0;
        foreach (var (first, last) in ranges)
        {
            if (first > next)
            {
                set.ranges.Add((next, first - 1));
            }

            next = last + 1;
        }

        if (next <= Last)
        {
            set.ranges.Add((next, Last));
        }

        return set;
    }

    /// <summary>The same with the other case of every ASCII letter: what Java's (?i) means.</summary>
    public CodePointSet FoldAscii()
    {
        var folded = new List<(int, int)>(ranges);
        foreach (var (first, last) in ranges)
        {
            for (var code = Math.Max(first, 'A'); code <= Math.Min(last, 'z'); code++)
            {
                if (char.IsAsciiLetter((char)code))
                {
                    folded.Add((code ^ 0x20, code ^ 0x20));
                }
            }
        }

        return Of([.. folded]);
    }

    /// <summary>As a .NET pattern over UTF-16; beyond U+FFFF a pair of surrogates.</summary>
    public string ToPattern()
    {
        var single = new StringBuilder();
        var pairs = new List<string>();
        foreach (var (first, last) in ranges)
        {
            AppendRange(single, first, Math.Min(last, 0xD7FF));
            AppendRange(single, Math.Max(first, 0xE000), Math.Min(last, 0xFFFF));
            if (last > 0xFFFF)
            {
                AddPairs(pairs, Math.Max(first, 0x10000), last);
            }
        }

        var all = single.Length > 0 ? pairs.Prepend($"[{single}]") : pairs;
        var alternatives = all.ToList();
        return alternatives.Count switch { 0 => "(?!)", 1 => alternatives[0], _ => $"(?:{string.Join('|', alternatives)})" };
    }

    /// <summary>As a .NET pattern for texts of ASCII alone.</summary>
    public string ToAsciiPattern()
    {
        var single = new StringBuilder();
        foreach (var (first, last) in ranges)
        {
            AppendRange(single, first, Math.Min(last, 0x7F));
        }

        return single.Length == 0 ? "(?!)" : $"[{single}]";
    }

    private static void AppendRange(StringBuilder target, int first, int last)
    {
        if (first <= last)
        {
            target.Append(CultureInfo.InvariantCulture, $"\\u{first:X4}");
            if (last > first)
            {
                target.Append(CultureInfo.InvariantCulture, $"-\\u{last:X4}");
            }
        }
    }

    private static void AddPairs(List<string> pairs, int first, int last)
    {
        while (first <= last)
        {
            var high = 0xD800 + ((first - 0x10000) >> 10);
            var low = 0xDC00 + ((first - 0x10000) & 0x3FF);
            var isWhole = low == 0xDC00;
            var blocks = isWhole ? (last + 1 - first) >> 10 : 0;
            if (blocks > 0)
            {
                pairs.Add(string.Create(CultureInfo.InvariantCulture, $"[\\u{high:X4}-\\u{high + blocks - 1:X4}][\\uDC00-\\uDFFF]"));
                first += blocks << 10;
            }
            else
            {
                var end = Math.Min(last, first | 0x3FF);
                pairs.Add(string.Create(CultureInfo.InvariantCulture, $"\\u{high:X4}[\\u{low:X4}-\\u{0xDC00 + ((end - 0x10000) & 0x3FF):X4}]"));
                first = end + 1;
            }
        }
    }

    private CodePointSet Normalize()
    {
        var sorted = ranges.OrderBy(range => range.First).ToList();
        ranges.Clear();
        foreach (var range in sorted)
        {
            if (ranges.Count > 0 && range.First <= ranges[^1].Last + 1)
            {
                ranges[^1] = (ranges[^1].First, Math.Max(ranges[^1].Last, range.Last));
            }
            else
            {
                ranges.Add(range);
            }
        }

        return this;
    }
}
