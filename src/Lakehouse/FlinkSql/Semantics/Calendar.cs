namespace Recoup.Lakehouse.FlinkSql.Semantics;

/// <summary>
/// Parts of a timestamp as Flink's EXTRACT and casts give them. Before 1970 they are a day off unless at midnight: Flink cuts
/// toward zero where it should go down, and we do as it does.
/// </summary>
internal static class Calendar
{
    private const long MillisecondsPerDay = 86_400_000;

    /// <summary>The day of a cast to DATE.</summary>
    public static int Day(long microseconds) => (int)(Milliseconds(microseconds) / MillisecondsPerDay);

    public static long Extract(string unit, long microseconds)
    {
        var milliseconds = Milliseconds(microseconds);
        return unit switch
        {
            "HOUR" => milliseconds % MillisecondsPerDay / 3_600_000,
            "MINUTE" => milliseconds % 3_600_000 / 60_000,
            "SECOND" => milliseconds % 60_000 / 1_000,
            "EPOCH" => milliseconds / 1_000,
            _ => ExtractFromDay(unit, Day(microseconds)),
        };
    }

    public static long ExtractFromDay(string unit, int days)
    {
        var (year, month, day) = CivilDate.FromDays(days);
        var isoDayOfWeek = (int)(((days + 3) % 7 + 7) % 7) + 1;
        return unit switch
        {
            "YEAR" => year,
            "QUARTER" => ((month - 1) / 3) + 1,
            "MONTH" => month,
            "DAY" => day,
            "DOY" => days - CivilDate.ToDays(year, 1, 1) + 1,
            "DOW" => (isoDayOfWeek % 7) + 1,
            "ISODOW" => isoDayOfWeek,
            "WEEK" => ((days - IsoWeekYear(days).Start) / 7) + 1,
            "ISOYEAR" => IsoWeekYear(days).Year,
            "DECADE" => year / 10,
            "CENTURY" => year > 0 ? (year + 99) / 100 : (year - 99) / 100,
            "MILLENNIUM" => year > 0 ? (year + 999) / 1000 : (year - 999) / 1000,
            _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "not a part of a date"),
        };
    }

    public static long FloorDay(long microseconds) => Floor("DAY", microseconds) / TimeText.MicrosecondsPerDay;

    public static long Floor(string unit, long microseconds)
    {
        var length = unit switch { "DAY" => TimeText.MicrosecondsPerDay, "HOUR" => 3_600_000_000, "MINUTE" => 60_000_000, _ => 1_000_000 };
        return microseconds - (((microseconds % length) + length) % length);
    }

    /// <summary>Whether TO_TIMESTAMP_LTZ takes the number: years 1 to 9999, else NULL.</summary>
    public static bool IsInstant(long value, long unit)
    {
        var microseconds = (Int128)value * unit;
        return microseconds >= CivilDate.ToDays(1, 1, 1) * TimeText.MicrosecondsPerDay && microseconds < CivilDate.ToDays(10_000, 1, 1) * TimeText.MicrosecondsPerDay;
    }

    /// <summary>The year whose weeks hold the day, and its first Monday: the week that holds 4 January.</summary>
    private static (int Year, long Start) IsoWeekYear(int days)
    {
        var thursday = days - ((((days + 3) % 7) + 7) % 7) + 3;
        var year = CivilDate.FromDays(thursday).Year;
        var fourth = CivilDate.ToDays(year, 1, 4);
        return (year, fourth - ((((fourth + 3) % 7) + 7) % 7));
    }

    /// <summary>Flink keeps milliseconds and nanoseconds apart: the former go down.</summary>
    private static long Milliseconds(long microseconds) => (microseconds - (((microseconds % 1_000) + 1_000) % 1_000)) / 1_000;
}
