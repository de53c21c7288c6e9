using System.Text;

namespace Recoup.Silo.Lake.Quarantine;

/// <summary>What is known of one original before anything is done.</summary>
/// <param name="Asked">As it was asked for; a quarantined replay stands for its original.</param>
/// <param name="Row">Its row in quarantine.</param>
/// <param name="Original">The record that was quarantined first.</param>
/// <param name="Last">The newest attempt, if there was one.</param>
/// <param name="IsLastQuarantined">Whether the validation refused that attempt.</param>
internal sealed record ReplayCase(RecordAddress Asked, QuarantinedRecord Row, RecordAddress Original, ReplayEntry? Last, bool IsLastQuarantined)
{
    /// <summary>Longer than a producer tries: what is not in the log by then does not come any more, from whatever process.</summary>
    public static readonly TimeSpan UnderWayMax = TimeSpan.FromMinutes(1);

    /// <summary>Whether a record that is not in the log may still arrive there.</summary>
    public bool IsUnderWay(DateTimeOffset now) => Last is { State: ReplayState.Intended } last && now - last.RecordedAt < UnderWayMax;

    /// <summary>What an event without an id is called: every replay of the original calls it the same, so that it counts once.</summary>
    public string IdOtherwise => $"replay:{Original}";
}

/// <summary>Decides what a replay may do, without doing it.</summary>
internal static class ReplayDecision
{
    /// <summary>The outcome where nothing may be published any more; null: go on.</summary>
    public static ReplayOutcome? Ended(ReplayCase one, byte[] record, DateTimeOffset now)
    {
        if (one.IsUnderWay(now))
        {
            return Outcome(one, ReplayStatus.Unknown) with
            {
                EventId = one.Last!.EventId,
                Message = $"A replay of it was sent {(now - one.Last.RecordedAt).TotalSeconds:0} s ago and may still be under way to the log. Repeat the command in a minute: what did not arrive by then is published.",
            };
        }

        if (one.Last is not { State: ReplayState.Published } last || one.IsLastQuarantined)
        {
            return null;
        }

        var isSame = last.Record.AsSpan().SequenceEqual(record);
        return Outcome(one, isSame ? ReplayStatus.AlreadyReplayed : ReplayStatus.Refused) with
        {
            Replay = last.Replay.ToString(),
            EventId = last.EventId,
            Message = isSame ? null : $"It was replayed as {last.Replay} with other content, and a replay counts once. If that one is wrong, correct it at its source.",
        };
    }

    /// <summary>The outcome where the corrected record must not be published; null: it may.</summary>
    public static ReplayOutcome? Refused(ReplayCase one, byte[] record, Verdict verdict)
    {
        if (!verdict.IsAccepted)
        {
            return Outcome(one, ReplayStatus.StillWrong) with { ReasonsLeft = verdict.Reasons, Record = Encoding.UTF8.GetString(record) };
        }

        var eventId = verdict.Row["event_id"];
        return IdOf(one.Row) is { } known && known != eventId
            ? Outcome(one, ReplayStatus.Refused) with
            {
                EventId = known,
                Message = $"The corrected record must keep its event id {known}: events are counted by it. Leave the field as it is.",
            }
            : null;
    }

    public static ReplayOutcome Outcome(ReplayCase one, ReplayStatus status) =>
        new() { Original = one.Asked.ToString(), Status = status, Reasons = one.Row.Reasons };

    /// <summary>The row to write before the record is published: the last one again if it was never published, so that the same bytes go out.</summary>
    public static ReplayEntry Intend(ReplayCase one, byte[] record, Verdict verdict, ValidatedTopic topic, IReadOnlyDictionary<int, long> logEnds, DateTimeOffset now)
    {
        var isRepeated = one.Last is { State: ReplayState.Intended } last && last.Record.AsSpan().SequenceEqual(record);
        return isRepeated ? one.Last! : new ReplayEntry
        {
            Original = one.Original,
            Attempt = (one.Last?.Attempt ?? 0) + 1,
            State = ReplayState.Intended,
            EventId = verdict.Row["event_id"]!,
            Key = verdict.Row[topic.KeyColumn]!,
            EventType = verdict.Row["event_type"]!,
            SchemaVersion = verdict.Row.GetValueOrDefault("schema_version") ?? "1",
            Record = record,
            LogEnds = logEnds,
            Replay = null,
            RecordedAt = now,
        };
    }

    /// <summary>The event id of the quarantined record, where it had a valid one.</summary>
    private static string? IdOf(QuarantinedRecord row) => row.EventId is { Length: > 0 } id
        && !row.Reasons.Contains("invalid_event_id") && !id.Contains(Intake.CardNumbers.Removed, StringComparison.Ordinal) ? id : null;
}
