namespace Recoup.Lakehouse.Iceberg.Values;

/// <summary>
/// Days since 1970-01-01 in the proleptic Gregorian calendar, for years that <see cref="DateTime"/> does not reach. The algorithm counts years from
/// March, so that the leap day is the last of its year, in eras of 400 years (146,097 days).
/// </summary>
internal static class CivilDate
{
    private const long DaysToEpoch = 719_468;
    private const long DaysInEra = 146_097;

    public static long ToDays(long year, int month, int day)
    {
        var shifted = month <= 2 ? year - 1 : year;
        var era = FloorDivide(shifted, 400);
        var yearOfEra = shifted - (era * 400);
        var dayOfYear = (((153 * ((month + 9) % 12)) + 2) / 5) + day - 1;
        var dayOfEra = (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear;
        return (era * DaysInEra) + dayOfEra - DaysToEpoch;
    }

    public static (long Year, int Month, int Day) FromDays(long days)
    {
        var shifted = days + DaysToEpoch;
        var era = FloorDivide(shifted, DaysInEra);
        var dayOfEra = shifted - (era * DaysInEra);
        var yearOfEra = (dayOfEra - (dayOfEra / 1_460) + (dayOfEra / 36_524) - (dayOfEra / 146_096)) / 365;
        var dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        var shiftedMonth = ((5 * dayOfYear) + 2) / 153;
        var day = (int)(dayOfYear - (((153 * shiftedMonth) + 2) / 5) + 1);
        var month = (int)(shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9);
        return (yearOfEra + (era * 400) + (month <= 2 ? 1 : 0), month, day);
    }

    public static long FloorDivide(long value, long divisor) => value >= 0 ? value / divisor : ((value + 1) / divisor) - 1;
}
