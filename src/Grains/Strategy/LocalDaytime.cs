namespace Recoup.Strategy;

/// <summary>
/// Moves a charge out of the customer's night. A time goes earlier, into the day before it, where at least half of the wait remains;
/// else later, but only within the same local day. Never before what the rules allow, and not at all where the time zone is not known.
/// </summary>
internal sealed class LocalDaytime(StrategyOptions options)
{
    private readonly TimeSpan from = TimeSpan.FromHours(options.DaytimeFromHour);
    private readonly TimeSpan to = TimeSpan.FromHours(options.DaytimeToHour);

    /// <param name="at">The planned time.</param>
    /// <param name="now">The time of the decision.</param>
    /// <param name="earliest">No time before this one is allowed.</param>
    /// <param name="latest">No time after this one is allowed.</param>
    /// <param name="timeZone">IANA name; null: not known.</param>
    public DateTimeOffset Move(DateTimeOffset at, DateTimeOffset now, DateTimeOffset earliest, DateTimeOffset latest, string? timeZone)
    {
        if (timeZone is null || !TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone))
        {
            return at;
        }

        var local = TimeZoneInfo.ConvertTime(at, zone);
        if (local.TimeOfDay >= from && local.TimeOfDay < to)
        {
            return at;
        }

        // The last full hour of the day before the planned time.
        var evening = local.TimeOfDay < from ? local.Date.AddDays(-1) : local.Date;
        var earlier = ToUtc(evening + to - TimeSpan.FromHours(1), zone);
        if (earlier >= earliest && earlier - now >= (at - now) / 2)
        {
            return earlier;
        }

        var later = ToUtc(local.Date + from, zone);
        return local.TimeOfDay < from && later <= latest ? later : at;
    }

    private static DateTimeOffset ToUtc(DateTime local, TimeZoneInfo zone) => new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
}
