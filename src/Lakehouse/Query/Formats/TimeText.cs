using System.Globalization;
using Apache.Arrow.Types;
using Recoup.Lakehouse.Iceberg.Values;

namespace Recoup.Lakehouse.Query.Formats;

/// <summary>
/// Dates and times as ISO 8601 text. They are counted here and not by <see cref="DateTime"/>, because the engines know years before 1 and after 9999;
/// such years have a sign and at least four digits. Fractions end at their last digit that is not zero.
/// </summary>
internal static class TimeText
{
    private const long SecondsPerDay = 86_400;

    /// <param name="days">Since 1970; the two ends of a 32-bit number stand for the infinities.</param>
    public static string Date(int days) => days is int.MaxValue or -int.MaxValue ? Infinity(days) : Day(days);

    public static string Time(long value, TimeUnit unit)
    {
        var perSecond = PerSecond(unit);
        var (seconds, fraction) = Math.DivRem(value, perSecond);
        return string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:D2}:{seconds / 60 % 60:D2}:{seconds % 60:D2}{Fraction(fraction, perSecond)}");
    }

    /// <param name="value">Units since 1970; the two ends of its range stand for the infinities.</param>
    /// <param name="unit">Of the value.</param>
    /// <param name="isZoned">Whether it is a moment, which is given in UTC with a Z, or a date and time of no zone.</param>
    public static string Timestamp(long value, TimeUnit unit, bool isZoned)
    {
        if (value is long.MaxValue or -long.MaxValue)
        {
            return Infinity(value);
        }

        var perDay = PerSecond(unit) * SecondsPerDay;
        var time = value % perDay;
        return $"{Day(CivilDate.FloorDivide(value, perDay))}T{Time(time < 0 ? time + perDay : time, unit)}{(isZoned ? "Z" : "")}";
    }

    /// <summary>ISO 8601 duration; months, days and time are kept apart, as the engines do.</summary>
    public static string Interval(int months, int days, long nanoseconds)
    {
        var sign = nanoseconds < 0 ? "-" : "";
        var (seconds, fraction) = Math.DivRem(nanoseconds, 1_000_000_000);
        var date = $"{Part(months / 12, 'Y')}{Part(months % 12, 'M')}{Part(days, 'D')}";
        var clock = seconds is 0 && fraction is 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"T{sign}{Math.Abs(seconds)}{Fraction(Math.Abs(fraction), 1_000_000_000)}S");
        return date.Length + clock.Length is 0 ? "PT0S" : $"P{date}{clock}";
    }

    private static string Day(long days)
    {
        var (year, month, day) = CivilDate.FromDays(days);
        var text = string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(year):D4}-{month:D2}-{day:D2}");
        return year is >= 0 and <= 9999 ? text : (year < 0 ? "-" : "+") + text;
    }

    private static string Infinity(long value) => value > 0 ? "infinity" : "-infinity";

    private static string Part(int value, char unit) => value is 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{value}{unit}");

    private static string Fraction(long value, long perSecond) => value is 0
        ? ""
        : "." + (value + perSecond).ToString(CultureInfo.InvariantCulture)[1..].TrimEnd('0');

    private static long PerSecond(TimeUnit unit) => unit switch
    {
        TimeUnit.Second => 1,
        TimeUnit.Millisecond => 1_000,
        TimeUnit.Microsecond => 1_000_000,
        _ => 1_000_000_000,
    };
}
