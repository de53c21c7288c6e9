using Recoup.Customers;

namespace Recoup.Subscriptions;

/// <summary>When a subscription's periods begin and end.</summary>
public static class SubscriptionPeriods
{
    public static bool IsInterval(string interval) => interval is "day" or "week" or "month" or "year";

    /// <summary>
    /// The end of the period that begins where the present one ends. Months are counted from the anchor: 31 January, 28 February, 31 March.
    /// </summary>
    public static DateTimeOffset EndOfNext(Subscription subscription, DateTimeOffset anchor, DateTimeOffset start)
    {
        for (var periods = 0; ; periods++)
        {
            var end = Add(anchor, subscription, periods);
            if (end > start)
            {
                return end;
            }
        }
    }

    /// <summary>The anchor of a period that begins at a time: the one that is known, while the period fits it, else that time itself.</summary>
    public static DateTimeOffset AnchorOf(Subscription subscription, DateTimeOffset? anchor, DateTimeOffset start)
    {
        if (anchor is not { } known || known > start)
        {
            return start;
        }

        for (var periods = 0; ; periods++)
        {
            var begin = Add(known, subscription, periods);
            if (begin >= start)
            {
                return begin == start ? known : start;
            }
        }
    }

    /// <exception cref="ArgumentException">The interval is not one of day, week, month, year.</exception>
    private static DateTimeOffset Add(DateTimeOffset anchor, Subscription subscription, int periods)
    {
        var count = periods * subscription.IntervalCount;
        return subscription.Interval switch
        {
            "day" => anchor.AddDays(count),
            "week" => anchor.AddDays(7 * count),
            "month" => anchor.AddMonths(count),
            "year" => anchor.AddYears(count),
            _ => throw new ArgumentException($"'{subscription.Interval}' is no interval: day, week, month or year.", nameof(subscription)),
        };
    }
}
