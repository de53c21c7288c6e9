using System.Globalization;

namespace Recoup.Silo.Workflows.Timelines;

/// <summary>Moments for people, in UTC.</summary>
public static class TimeText
{
    /// <summary><c>02 Jun 09:00:00</c>: times within one story need no year; the heading above them has it.</summary>
    public static string Of(DateTimeOffset at) => at.UtcDateTime.ToString("dd MMM HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary><c>2026-06-02 09:00:00</c>, for headings.</summary>
    public static string WithYear(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
