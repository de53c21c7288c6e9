using System.Text;

namespace Recoup.Silo.Lake.Quarantine;

/// <summary>A corrected record that may be published.</summary>
internal sealed record ReadyReplay(ReplayCase Case, byte[] Record, Verdict Verdict);

/// <summary>A call's originals, taken apart: those that may be published, and the outcome of every other one.</summary>
internal sealed class ReplayPreparation
{
    private readonly IReadOnlyList<RecordAddress> asked;
    private readonly Dictionary<RecordAddress, ReplayOutcome> ended;

    private ReplayPreparation(IReadOnlyList<RecordAddress> asked, Dictionary<RecordAddress, ReplayOutcome> ended, IReadOnlyList<ReadyReplay> ready) =>
        (this.asked, this.ended, Ready) = (asked, ended, ready);

    public IReadOnlyList<ReadyReplay> Ready { get; }

    public static ReplayPreparation Of(
        ValidatedTopic topic, IReadOnlyList<RecordAddress> asked, IReadOnlyDictionary<RecordAddress, ReplayCase> cases, Correction correction, RecordTrials trials, DateTimeOffset now)
    {
        var ended = new Dictionary<RecordAddress, ReplayOutcome>();
        var open = new List<(ReplayCase Case, byte[] Record)>();
        foreach (var address in asked)
        {
            if (!cases.TryGetValue(address, out var one))
            {
                ended[address] = NotQuarantined(address);
            }
            else if (Corrected(one, topic, correction, ended, now) is { } record)
            {
                open.Add((one, record));
            }
        }

        var verdicts = trials.Try(topic, [.. open.Select(pair => pair.Record)]);
        var ready = new List<ReadyReplay>();
        foreach (var ((one, record), verdict) in open.Zip(verdicts))
        {
            if (ReplayDecision.Refused(one, record, verdict) is { } refused)
            {
                ended[one.Asked] = refused;
            }
            else
            {
                ready.Add(new ReadyReplay(one, record, verdict));
            }
        }

        return new ReplayPreparation(asked, ended, WithoutTwins(ready, ended));
    }

    /// <summary>The outcomes when nothing is published.</summary>
    public IReadOnlyList<ReplayOutcome> Rehearsed()
    {
        foreach (var ready in Ready)
        {
            ended[ready.Case.Asked] = ReplayDecision.Outcome(ready.Case, ReplayStatus.WouldBePublished) with
            {
                EventId = ready.Verdict.Row["event_id"],
                Record = Encoding.UTF8.GetString(ready.Record),
            };
        }

        return [.. asked.Select(address => ended[address])];
    }

    /// <summary>The outcomes when what was ready was published, each as far as it came.</summary>
    public IReadOnlyList<ReplayOutcome> With(IReadOnlyList<ReplayEntry> published)
    {
        foreach (var (ready, entry) in Ready.Zip(published))
        {
            var isPublished = entry.State is ReplayState.Published;
            ended[ready.Case.Asked] = ReplayDecision.Outcome(ready.Case, isPublished ? ReplayStatus.Published : ReplayStatus.Unknown) with
            {
                EventId = entry.EventId,
                Replay = entry.Replay?.ToString(),
                Message = isPublished ? null : "The log did not acknowledge it. Repeat the same command: it looks whether the record is there, and publishes it if not.",
            };
        }

        return [.. asked.Select(address => ended[address])];
    }

    private static byte[]? Corrected(ReplayCase one, ValidatedTopic topic, Correction correction, Dictionary<RecordAddress, ReplayOutcome> ended, DateTimeOffset now)
    {
        try
        {
            var record = correction.Apply(one.Row.Raw, topic.IdField, one.IdOtherwise);
            if (ReplayDecision.Ended(one, record, now) is not { } outcome)
            {
                return record;
            }

            ended[one.Asked] = outcome;
        }
        catch (CorrectionException refusal)
        {
            ended[one.Asked] = ReplayDecision.Outcome(one, ReplayStatus.Refused) with { Message = refusal.Message };
        }

        return null;
    }

    /// <summary>An original and its own refused replay may both be asked for: one of them is published.</summary>
    private static List<ReadyReplay> WithoutTwins(List<ReadyReplay> ready, Dictionary<RecordAddress, ReplayOutcome> ended)
    {
        var first = ready.DistinctBy(one => one.Case.Original).ToList();
        foreach (var twin in ready.Except(first))
        {
            ended[twin.Case.Asked] = ReplayDecision.Outcome(twin.Case, ReplayStatus.Refused) with
            {
                Message = $"It is the same event as another one of this call: both go back to {twin.Case.Original}.",
            };
        }

        return first;
    }

    private static ReplayOutcome NotQuarantined(RecordAddress address) => new()
    {
        Original = address.ToString(),
        Status = ReplayStatus.NotQuarantined,
        Message = $"{address} is not in quarantine: see quarantine list for what is.",
    };
}
