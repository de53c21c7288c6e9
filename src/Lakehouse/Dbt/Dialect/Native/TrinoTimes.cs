using System.Globalization;
using System.Text.RegularExpressions;
using Recoup.Lakehouse.FlinkSql.Native;

namespace Recoup.Lakehouse.Dbt.Dialect.Native;

/// <summary>A timestamp read from text.</summary>
/// <param name="Microseconds">Since 1970: of the time of day as written where no zone stands, of the instant otherwise.</param>
/// <param name="LocalMicroseconds">As written, whatever the zone.</param>
/// <param name="Digits">Of the second's fraction.</param>
internal readonly record struct TimestampText(long Microseconds, long LocalMicroseconds, int Digits, bool HasZone, bool IsUtc);

/// <summary>Dates and timestamps in the forms that Trino's casts and literals take.</summary>
internal static partial class TrinoTimes
{
    private static readonly DateTime Epoch = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    /// <summary>Days since 1970; blanks around and single digits are taken.</summary>
    public static bool TryDate(string text, out int days)
    {
        var match = DatePattern().Match(Trimmed(text));
        days = 0;
        CheckIsRead(text, match);
        if (!match.Success || !TryDay(match, out var date))
        {
            return false;
        }

        days = (date - Epoch).Days;
        return true;
    }

    /// <param name="digits">Of the second's fraction that are kept; it is rounded once, half up.</param>
    public static bool TryTimestamp(string text, out TimestampText result, int digits = 6)
    {
        var match = TimestampPattern().Match(Trimmed(text));
        result = default;
        CheckIsRead(text, match);
        if (!match.Success || !TryDay(match, out var date) || !TryTimeOfDay(match, out var time) || !TryZone(match.Groups["zone"].Value, out var offset))
        {
            return false;
        }

        var fraction = match.Groups["fraction"].Value;
        var micros = ((date - Epoch).Ticks / 10) + time + Fraction(fraction, digits);
        result = new TimestampText(micros - (offset * 60_000_000L), micros, fraction.Length, match.Groups["zone"].Success, offset == 0);
        return true;
    }

    /// <summary>Zones by name, years of five digits and the like are read by Trino and not here: such a text is no NULL of a TRY_CAST either.</summary>
    private static void CheckIsRead(string text, Match match)
    {
        if (match.Success ? match.Groups["year"].Value is "0000" : NotReadPattern().IsMatch(text) || text.Trim() != Trimmed(text))
        {
            throw new FlinkValueException("L09: a text names a zone or a year that is not read here, and that Trino may read");
        }
    }

    private static string Trimmed(string text) => text.Trim(' ');

    private static bool TryDay(Match match, out DateTime date)
    {
        var (year, month, day) = (Number(match, "year"), Number(match, "month"), Number(match, "day"));
        date = default;
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        date = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified);
        return true;
    }

    private static bool TryTimeOfDay(Match match, out long micros)
    {
        var (hour, minute, second) = (Number(match, "hour"), Number(match, "minute"), Number(match, "second"));
        micros = ((((hour * 60L) + minute) * 60) + second) * 1_000_000;
        return hour < 24 && minute < 60 && second < 60;
    }

    private static bool TryZone(string zone, out int minutes)
    {
        minutes = 0;
        if (zone.Length == 0 || zone is "UTC" or "Z")
        {
            return true;
        }

        minutes = (int.Parse(zone.AsSpan(1, 2), CultureInfo.InvariantCulture) * 60) + int.Parse(zone.AsSpan(4, 2), CultureInfo.InvariantCulture);
        minutes = zone[0] == '-' ? -minutes : minutes;
        return Math.Abs(minutes) <= 14 * 60;
    }

    /// <summary>In microseconds.</summary>
    private static long Fraction(string fraction, int digits) =>
        fraction.Length == 0 ? 0 : (long)(Math.Round(decimal.Parse($"0.{fraction}", CultureInfo.InvariantCulture), digits, MidpointRounding.AwayFromZero) * 1_000_000m);

    private static int Number(Match match, string group) => match.Groups[group] is { Success: true, Value: var text } ? int.Parse(text, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"\A\s*([+-]|\d{5,}-\d|\d{4}-\d{1,2}-\d{1,2}\s+\d{1,2}:\d{1,2}(:\d{1,2}(\.\d+)?)?\s*[A-Za-z+-])", RegexOptions.ExplicitCapture)]
    private static partial Regex NotReadPattern();

    [GeneratedRegex(@"\A(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})\z", RegexOptions.ExplicitCapture)]
    private static partial Regex DatePattern();

    [GeneratedRegex(@"\A(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})( (?<hour>\d{1,2}):(?<minute>\d{1,2})(:(?<second>\d{1,2})(\.(?<fraction>\d{1,12}))?)?( ?(?<zone>Z|UTC|[+-]\d\d:\d\d))?)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex TimestampPattern();
}
