namespace Recoup.Customers;

/// <summary>Time zones by IANA's names.</summary>
public static class TimeZones
{
    /// <summary>True for <c>Europe/Berlin</c> and <c>UTC</c>; false for what this machine does not know, and for Windows' names.</summary>
    public static bool IsIana(string name) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId && zone.Id == name;
}
