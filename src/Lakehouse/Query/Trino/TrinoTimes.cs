using System.Globalization;
using System.Text.RegularExpressions;
using Apache.Arrow.Scalars;
using Recoup.Lakehouse.Iceberg.Values;

namespace Recoup.Lakehouse.Query.Trino;

/// <summary>Reads dates, times and intervals as Trino prints them.</summary>
internal static partial class TrinoTimes
{
    private const long SecondsPerDay = 86_400;

    /// <summary>Days since 1970.</summary>
    public static int Date(string text)
    {
        var match = Match(DateText(), text);
        var year = Number(match, "year") * (match.Groups["sign"].Value is "-" ? -1 : 1);
        return checked((int)CivilDate.ToDays(year, (int)Number(match, "month"), (int)Number(match, "day")));
    }

    /// <summary>Units since midnight.</summary>
    public static long Time(string text, int fractionDigits)
    {
        var match = Match(TimeText(), text);
        var seconds = (((Number(match, "hour") * 60) + Number(match, "minute")) * 60) + Number(match, "second");
        var fraction = match.Groups["fraction"].Value.PadRight(fractionDigits, '0')[..fractionDigits];
        return (seconds * PerSecond(fractionDigits)) + (fraction.Length is 0 ? 0 : long.Parse(fraction, CultureInfo.InvariantCulture));
    }

    /// <summary>Units since 1970, in no zone.</summary>
    public static long Timestamp(string text, int fractionDigits)
    {
        var (date, time) = Halves(text);
        return (Date(date) * SecondsPerDay * PerSecond(fractionDigits)) + Time(time, fractionDigits);
    }

    /// <summary>Units since 1970 in UTC; the text ends in <c>UTC</c>, an offset or the name of a zone.</summary>
    public static long Moment(string text, int fractionDigits)
    {
        var end = text.LastIndexOf(' ');
        var (local, zone) = (text[..end], text[(end + 1)..]);
        var value = Timestamp(local, fractionDigits);
        return value - (Offset(zone, local) * PerSecond(fractionDigits));
    }

    public static MonthDayNanosecondInterval Interval(string text)
    {
        var match = IntervalText().Match(text);
        if (!match.Success)
        {
            throw Unreadable(text);
        }

        var sign = match.Groups["sign"].Value is "-" ? -1 : 1;
        return match.Groups["years"].Success
            ? new MonthDayNanosecondInterval(sign * checked((int)((Number(match, "years") * 12) + Number(match, "months"))), 0, 0)
            : new MonthDayNanosecondInterval(0, sign * checked((int)Number(match, "days")), sign * Time(match.Groups["time"].Value, 9));
    }

    /// <summary>Seconds east of Greenwich.</summary>
    private static long Offset(string zone, string local)
    {
        if (zone is "UTC" or "Z")
        {
            return 0;
        }

        if (zone[0] is '+' or '-')
        {
            return (zone[0] is '-' ? -1 : 1) * Time($"{zone[1..]}:00", 0);
        }

        var (date, time) = Halves(local);
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found)
            || !DateTime.TryParse($"{date}T{time.Split('.')[0]}", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            || found.IsAmbiguousTime(moment))
        {
            throw QueryException.Refused($"'{local} {zone}' cannot be told in UTC here: select at_timezone(value, 'UTC').");
        }

        return (long)found.GetUtcOffset(moment).TotalSeconds;
    }

    private static (string Date, string Time) Halves(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        return space > 0 ? (text[..space], text[(space + 1)..]) : throw Unreadable(text);
    }

    private static long PerSecond(int fractionDigits) => (long)Math.Pow(10, fractionDigits);

    private static long Number(Match match, string group) => long.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private static Match Match(Regex pattern, string text) => pattern.Match(text) is { Success: true } match ? match : throw Unreadable(text);

    private static QueryException Unreadable(string text) => new(QueryFailure.Unavailable, $"Trino sent '{text}', which is no time that is known here.");

    [GeneratedRegex(@"^(?<sign>[+-]?)(?<year>\d{4,})-(?<month>\d\d)-(?<day>\d\d)$")]
    private static partial Regex DateText();

    [GeneratedRegex(@"^(?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:\.(?<fraction>\d+))?)$")]
    private static partial Regex TimeText();

    [GeneratedRegex(@"^(?<sign>-?)(?:(?<years>\d+)-(?<months>\d+)|(?<days>\d+) (?<time>\d\d:\d\d:\d\d(?:\.\d+)?))$")]
    private static partial Regex IntervalText();
}
