using System.Globalization;
using System.Text.RegularExpressions;

namespace Recoup.Lakehouse.FlinkSql.Semantics;

/// <summary>Dates and timestamps as texts, read and written as Flink's casts do. Days and microseconds count from 1970, UTC.</summary>
internal static partial class TimeText
{
    public const long MicrosecondsPerDay = 86_400_000_000;

    /// <summary>
    /// yyyy-[MM][M]-[dd][d], and behind one blank [HH][H]:[mm][m]:[ss][s] with up to nine digits of a fraction. A day that the
    /// month has not becomes its last one, 24:00:00 the next day; T, Z and offsets are not read.
    /// </summary>
    public static bool TryParseTimestamp(string text, int precision, out long microseconds)
    {
        microseconds = 0;
        var match = TimestampPattern().Match(text);
        if (!match.Success || !TryReadYear(match.Groups["year"].ValueSpan, out var year)
            || !TryReadPart(match.Groups["month"].ValueSpan, 1, 12, out var month)
            || !TryReadPart(match.Groups["day"].ValueSpan, 1, 31, out var day))
        {
            return false;
        }

        var days = CivilDate.ToDays(year, month, Math.Min(day, CivilDate.LengthOfMonth(year, month)));
        if (!match.Groups["hour"].Success)
        {
            microseconds = days * MicrosecondsPerDay;
            return true;
        }

        if (!TryReadPart(match.Groups["hour"].ValueSpan, 0, 24, out var hour)
            || !TryReadPart(match.Groups["minute"].ValueSpan, 0, 59, out var minute)
            || !TryReadPart(match.Groups["second"].ValueSpan, 0, 59, out var second))
        {
            return false;
        }

        var nanoseconds = long.Parse(match.Groups["fraction"].Value.PadRight(9, '0'), CultureInfo.InvariantCulture);
        if (hour == 24 && (minute != 0 || second != 0 || nanoseconds != 0))
        {
            return false;
        }

        var time = (((hour * 60L) + minute) * 60 + second) * 1_000_000;
        microseconds = (days * MicrosecondsPerDay) + time + Truncate(nanoseconds / 1_000, precision);
        return true;
    }

    /// <summary>What stands before a blank, as year, year-month or year-month-day; no sign, the year up to 9999, a day that exists.</summary>
    public static bool TryParseDate(string text, out int days)
    {
        days = 0;
        var blank = text.IndexOf(' ', StringComparison.Ordinal);
        var parts = (blank > 0 ? text[..blank] : text).Split('-', 3);
        Span<int> numbers = [0, 1, 1];
        for (var index = 0; index < parts.Length; index++)
        {
            var part = TrimControls(parts[index]);
            if (part.Length == 0 || !part.All(char.IsAsciiDigit) || !int.TryParse(part, CultureInfo.InvariantCulture, out numbers[index]))
            {
                return false;
            }
        }

        if (numbers[0] > 9999 || numbers[1] is < 1 or > 12 || numbers[2] < 1 || numbers[2] > CivilDate.LengthOfMonth(numbers[0], numbers[1]))
        {
            return false;
        }

        days = (int)CivilDate.ToDays(numbers[0], numbers[1], numbers[2]);
        return true;
    }

    public static bool TryParseDateLiteral(string text, out int days)
    {
        days = 0;
        return DateLiteral().IsMatch(text) && TryParseDate(text, out days);
    }

    public static bool TryParseTimestampLiteral(string text, out long microseconds, out int digits)
    {
        microseconds = 0;
        digits = 0;
        var match = TimestampLiteral().Match(text);
        if (!match.Success || !TryParseDateLiteral(match.Groups[1].Value, out _))
        {
            return false;
        }

        digits = match.Groups[2].Length;
        return TryParseTimestamp(text, 6, out microseconds) && digits <= 6;
    }

    public static string FormatTimestamp(long microseconds, int precision)
    {
        var days = Math.DivRem(microseconds, MicrosecondsPerDay, out var rest);
        if (rest < 0)
        {
            days--;
            rest += MicrosecondsPerDay;
        }

        var seconds = rest / 1_000_000;
        var fraction = (rest % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        var tail = precision == 0 ? string.Empty : $".{fraction[..precision]}";
        return string.Create(CultureInfo.InvariantCulture, $"{FormatDate(days)} {seconds / 3600:D2}:{seconds / 60 % 60:D2}:{seconds % 60:D2}{tail}");
    }

    /// <summary>Four digits of the year, each by itself: Flink writes 10000 as 0000, and characters that are no digits below 0.</summary>
    public static string FormatDate(long days)
    {
        var (year, month, day) = CivilDate.FromDays(days);
        char Digit(int power) => (char)('0' + (year / power % 10));
        return string.Create(CultureInfo.InvariantCulture, $"{Digit(1000)}{Digit(100)}{Digit(10)}{Digit(1)}-{month:D2}-{day:D2}");
    }

    public static long Truncate(long microseconds, int precision)
    {
        var unit = precision switch { 0 => 1_000_000, 1 => 100_000, 2 => 10_000, 3 => 1_000, 4 => 100, 5 => 10, _ => 1 };
        var rest = microseconds % unit;
        return microseconds - (rest < 0 ? rest + unit : rest);
    }

    private static bool TryReadYear(ReadOnlySpan<char> text, out int year)
    {
        year = 0;
        var signed = text[0] == '+';
        var digits = signed ? text[1..] : text;
        return (signed ? digits.Length > 4 : digits.Length == 4)
            && digits.Length <= 9 && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out year) && year is >= 1 and <= 290_000;
    }

    /// <summary>Java's [MM][M] reads two digits and then any number more, which must mean the same.</summary>
    private static bool TryReadPart(ReadOnlySpan<char> text, int least, int most, out int value)
    {
        value = 0;
        if (text.Length > 2 && (!int.TryParse(text[2..], NumberStyles.None, CultureInfo.InvariantCulture, out var again)
            || !int.TryParse(text[..2], NumberStyles.None, CultureInfo.InvariantCulture, out var first) || again != first))
        {
            return false;
        }

        return int.TryParse(text.Length > 2 ? text[..2] : text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= least && value <= most;
    }

    private static string TrimControls(string text)
    {
        var start = 0;
        var end = text.Length;
        while (start < end && text[start] <= ' ')
        {
            start++;
        }

        while (end > start && text[end - 1] <= ' ')
        {
            end--;
        }

        return text[start..end];
    }

    [GeneratedRegex(@"^(?<year>\+?[0-9]{4,19})-(?<month>[0-9]{1,19})-(?<day>[0-9]{1,19})(?: (?<hour>[0-9]{1,19}):(?<minute>[0-9]{1,19}):(?<second>[0-9]{1,19})(?:\.(?<fraction>[0-9]{0,9}))?)?\z")]
    private static partial Regex TimestampPattern();

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}\z")]
    private static partial Regex DateLiteral();

    [GeneratedRegex(@"^([0-9]{4}-[0-9]{2}-[0-9]{2}) (?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.([0-9]{1,9}))?\z")]
    private static partial Regex TimestampLiteral();
}
