using Recoup.Events;
using Recoup.Silo.Lake.Quarantine;

namespace Recoup.Client.Events;

/// <summary>What the event log holds, counted from the log itself.</summary>
internal sealed record PublishedEvents
{
    /// <summary>Distinct events of Recoup's own topics, by type.</summary>
    public required IReadOnlyDictionary<string, int> ByType { get; init; }

    /// <summary>Events that are in the log more than once: published again after a crash or a lost acknowledgement.</summary>
    public required int Repeated { get; init; }

    /// <summary>The providers' own events.</summary>
    public required int FromProviders { get; init; }

    /// <summary>Records that were sent past Recoup, by where they lie, each with what the validation should say of it. They count nowhere else.</summary>
    public required IReadOnlyDictionary<string, string> Injected { get; init; }

    /// <summary>Requests in the log that the silo has not taken yet.</summary>
    public required long RequestLag { get; init; }

    /// <summary>When the event that ended a payment came into the log, by payment: its first success, final failure or block; wall time.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> EndedAt { get; init; } = new Dictionary<string, DateTimeOffset>();

    public int Total => ByType.Values.Sum();

    public static PublishedEvents Count(EventLog log, CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var byType = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var endedAt = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        var injected = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var (repeated, fromProviders) = (0, 0);
        foreach (var one in log.Read([.. ValidatedTopic.All.Select(topic => topic.Topic)], EventStart.Beginning, follow: false, cancellationToken))
        {
            if (one.InjectedBy is not null)
            {
                injected[one.Address] = one.InjectedReasons ?? "";
            }
            else if (one.Topic is Topics.Stripe or Topics.Square)
            {
                fromProviders++;
            }
            else if (seen.Add(one.EventId))
            {
                byType[one.EventType ?? "(no type)"] = byType.GetValueOrDefault(one.EventType ?? "(no type)") + 1;
                if (IsEnd(one))
                {
                    endedAt.TryAdd(one.PaymentId!, one.PublishedAt);
                }
            }
            else
            {
                repeated++;
            }
        }

        return new PublishedEvents
        {
            ByType = byType,
            Repeated = repeated,
            FromProviders = fromProviders,
            Injected = injected,
            RequestLag = log.Lag(Topics.Requests),
            EndedAt = endedAt,
        };
    }

    private static bool IsEnd(LoggedEvent one) => one.EventType is "charge.succeeded" or "charge.blocked" || (one.EventType is "charge.failed" && one.Text("is_final") is "true");
}
