namespace Recoup.Lakehouse.FlinkSql.Semantics;

/// <summary>The Gregorian calendar in both directions of 1970, beyond the years 1 to 9999 that .NET's dates hold.</summary>
internal static class CivilDate
{
    private const int DaysPerEra = 146_097;

    /// <summary>Days since 1970-01-01.</summary>
    public static long ToDays(int year, int month, int day)
    {
        var shifted = month <= 2 ? year - 1 : year;
        var era = (shifted >= 0 ? shifted : shifted - 399) / 400;
        var yearOfEra = shifted - (era * 400);
        var dayOfYear = (((153 * (month + (month > 2 ? -3 : 9))) + 2) / 5) + day - 1;
        var dayOfEra = (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear;
        return ((long)era * DaysPerEra) + dayOfEra - 719_468;
    }

    public static (int Year, int Month, int Day) FromDays(long days)
    {
        days += 719_468;
        var era = (days >= 0 ? days : days - (DaysPerEra - 1)) / DaysPerEra;
        var dayOfEra = (int)(days - (era * DaysPerEra));
        var yearOfEra = (dayOfEra - (dayOfEra / 1460) + (dayOfEra / 36524) - (dayOfEra / 146_096)) / 365;
        var dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        var shifted = ((5 * dayOfYear) + 2) / 153;
        var month = shifted < 10 ? shifted + 3 : shifted - 9;
        return ((int)((era * 400) + yearOfEra + (month <= 2 ? 1 : 0)), month, dayOfYear - (((153 * shifted) + 2) / 5) + 1);
    }

    public static int LengthOfMonth(int year, int month) => month switch
    {
        2 => IsLeap(year) ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };

    private static bool IsLeap(int year) => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}
