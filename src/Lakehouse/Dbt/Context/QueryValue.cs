using System.Globalization;

namespace Recoup.Lakehouse.Dbt.Context;

/// <summary>A cell of an answer as a value of templates.</summary>
internal static class QueryValue
{
    public static object? Of(object? cell) => cell switch
    {
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString(time.Ticks % TimeSpan.TicksPerSecond == 0 ? "HH:mm:ss" : "HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        DateTime at => at.ToString(Pattern(at.Ticks), CultureInfo.InvariantCulture),
        DateTimeOffset at => at.ToString(Pattern(at.Ticks) + "zzz", CultureInfo.InvariantCulture),
        decimal number => decimal.IsInteger(number) && number.Scale == 0 ? (long)number : (double)number,
        int number => (long)number,
        byte[] bytes => Convert.ToHexStringLower(bytes),
        _ => cell,
    };

    private static string Pattern(long ticks) => ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd HH:mm:ss" : "yyyy-MM-dd HH:mm:ss.ffffff";
}
