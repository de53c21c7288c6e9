namespace Recoup.Pipeline.Alerts;

/// <summary>The life of an alert. Pure: times come in as arguments.</summary>
internal static class AlertRules
{
    /// <summary>Alerts that are over and kept.</summary>
    public const int OverMax = 200;

    /// <summary>Changes that wait for a channel which takes nothing; beyond it the oldest is given up.</summary>
    public const int OutboxMax = 1_000;

    /// <summary>Takes in what a run saw. The same instance comes back when it, or a later run, was taken in before.</summary>
    public static AlertBook Observe(this AlertBook book, long runNumber, IReadOnlyList<Reading> readings, IReadOnlyList<string> channels, DateTimeOffset now)
    {
        if (runNumber <= book.LastRun)
        {
            return book;
        }

        return readings.Aggregate(book with { LastRun = runNumber }, (current, reading) => current.Observe(runNumber, reading, channels, now));
    }

    /// <summary>A channel has taken a change.</summary>
    public static AlertBook Delivered(this AlertBook book, string eventId, string channel) => book with
    {
        Outbox =
        [
            .. book.Outbox
                .Select(notice => notice.EventId == eventId ? notice with { Waiting = [.. notice.Waiting.Where(name => name != channel)] } : notice)
                .Where(notice => notice.Waiting.Count > 0),
        ],
    };

    private static AlertBook Observe(this AlertBook book, long runNumber, Reading reading, IReadOnlyList<string> channels, DateTimeOffset now)
    {
        var open = book.Open.FirstOrDefault(alert => alert.Reading.Topic == reading.Topic);
        var isBad = reading.Severity is Severity.Warning or Severity.Critical;
        return (open, isBad, reading.Severity) switch
        {
            (null, true, _) => book.Tell(AlertChange.Raised, Raise(runNumber, reading, now), channels, now),
            (null, false, _) => book,

            // What could not be read neither got better nor worse.
            (_, false, Severity.Unknown) => book,
            (_, false, _) => book.Tell(AlertChange.Resolved, open with { Reading = reading, SeenAt = now, ResolvedAt = now }, channels, now),
            _ when reading.Severity != open.Reading.Severity => book.Tell(AlertChange.Updated, Refresh(open, reading, now), channels, now),

            // Seen again, no better and no worse: shown to who asks, and nobody is woken twice.
            _ => book.Replace(Refresh(open, reading, now)),
        };
    }

    private static Alert Raise(long runNumber, Reading reading, DateTimeOffset now) => new()
    {
        AlertId = $"{reading.Topic}/{runNumber}",
        Reading = reading,
        Worst = reading.Severity,
        RaisedAt = now,
        SeenAt = now,
    };

    private static Alert Refresh(Alert alert, Reading reading, DateTimeOffset now) => alert with
    {
        Reading = reading,
        Worst = reading.Severity > alert.Worst ? reading.Severity : alert.Worst,
        SeenAt = now,
    };

    private static AlertBook Tell(this AlertBook book, AlertChange change, Alert alert, IReadOnlyList<string> channels, DateTimeOffset now)
    {
        var told = alert with { EventCount = alert.EventCount + 1 };
        var notice = new AlertNotice { EventId = $"{told.AlertId}:{told.EventCount}", Change = change, Alert = told, At = now, Waiting = channels };
        return book.Replace(told) with { Outbox = [.. book.Outbox.TakeLast(OutboxMax - 1), notice] };
    }

    private static AlertBook Replace(this AlertBook book, Alert alert)
    {
        var others = book.Open.Where(one => one.AlertId != alert.AlertId);
        return alert.IsOpen ? book with { Open = [.. others, alert] } : book with { Open = [.. others], Over = [alert, .. book.Over.Take(OverMax - 1)] };
    }
}
