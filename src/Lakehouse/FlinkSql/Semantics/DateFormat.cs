using System.Globalization;
using System.Text;

namespace Recoup.Lakehouse.FlinkSql.Semantics;

/// <summary>The patterns of DATE_FORMAT that are numbers: yyyy, uuuu, MM, dd, HH, mm, ss, S..., and text in quotes.</summary>
internal static class DateFormat
{
    private readonly record struct Part(long Microseconds, int Year, int Month, int Day);

    /// <summary>Null for a pattern beyond these.</summary>
    public static Func<long, string>? Compile(string pattern)
    {
        var parts = new List<Func<Part, string>>();
        for (var index = 0; index < pattern.Length;)
        {
            var end = index;
            if (pattern[index] == '\'')
            {
                end = pattern.IndexOf('\'', index + 1);
                if (end <= index + 1)
                {
                    return null;
                }

                var text = pattern[(index + 1)..end];
                parts.Add(_ => text);
                index = end + 1;
                continue;
            }

            while (end < pattern.Length && pattern[end] == pattern[index])
            {
                end++;
            }

            var part = Find(pattern[index..end]);
            if (part is null)
            {
                return null;
            }

            parts.Add(part);
            index = end;
        }

        return microseconds => Write(parts, microseconds);
    }

    private static Func<Part, string>? Find(string run) => run switch
    {
        "yyyy" or "uuuu" => part => Digits(part.Year, 4),
        "MM" => part => Digits(part.Month, 2),
        "dd" => part => Digits(part.Day, 2),
        "HH" => part => Digits(part.Microseconds / 3_600_000_000, 2),
        "mm" => part => Digits(part.Microseconds / 60_000_000 % 60, 2),
        "ss" => part => Digits(part.Microseconds / 1_000_000 % 60, 2),
        _ when run[0] == 'S' && run.Length <= 9 => part => Digits(part.Microseconds % 1_000_000, 6).PadRight(9, '0')[..run.Length],
        _ when run.All(letter => letter is ' ' or '-' or ':' or '.' or '/' or ',' or '_') => _ => run,
        _ => null,
    };

    private static string Write(List<Func<Part, string>> parts, long microseconds)
    {
        var days = Calendar.FloorDay(microseconds);
        var (year, month, day) = CivilDate.FromDays(days);
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(part(new Part(microseconds - (days * TimeText.MicrosecondsPerDay), year, month, day)));
        }

        return text.ToString();
    }

    private static string Digits(long value, int width) => value.ToString(CultureInfo.InvariantCulture).PadLeft(width, '0');
}
