using Confluent.Kafka;
using Microsoft.Extensions.Options;
using Recoup.Events;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Silo.Lake.Scripts;
using Recoup.Silo.Settings;
using Recoup.Streaming.Kafka.Producing;

namespace Recoup.Silo.Lake.Quarantine;

/// <summary>
/// Publishes corrected records again. What it is about to publish stands in the journal before; where it lies, afterwards. Whoever comes after a lost answer or
/// a kill finds the intention, looks for it in the log, and publishes the same bytes only if they are not there.
/// </summary>
internal sealed class Replayer(
    ICatalog catalog, ScriptLibrary scripts, IOptions<KafkaOptions> kafka,
    [FromKeyedServices(EventStreams.ProviderName)] IKafkaProducer producer, TimeProvider time) : IDisposable
{
    /// <summary>Others who write the journal at the same time make this one read it again.</summary>
    private const int Attempts = 8;

    private readonly SemaphoreSlim turn = new(1);
    private readonly QuarantineRows quarantine = new(catalog);
    private readonly ReplayJournal journal = new(catalog, time);
    private readonly ReplayedLog log = new(kafka);
    private readonly RecordTrials trials = new(scripts, time);

    /// <summary>Replays originals of one topic with the same correction.</summary>
    /// <param name="topic">Their topic.</param>
    /// <param name="originals">Records in quarantine, each once.</param>
    /// <param name="correction">What is changed.</param>
    /// <param name="rehearses">Only say what would happen.</param>
    /// <param name="cancellation">Ends it; what was published by then is in the journal or will be found.</param>
    /// <returns>An outcome for each, in their order.</returns>
    /// <exception cref="KafkaException">No broker answers; nothing was published.</exception>
    /// <exception cref="ReplayConflictException">Others kept writing the journal; nothing was published.</exception>
    public async Task<IReadOnlyList<ReplayOutcome>> ReplayAsync(
        ValidatedTopic topic, IReadOnlyList<RecordAddress> originals, Correction correction, bool rehearses, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            for (var attempt = 1; attempt <= Attempts; attempt++)
            {
                if (await TryReplayAsync(topic, originals, correction, rehearses, cancellation) is { } outcomes)
                {
                    return outcomes;
                }
            }

            throw new ReplayConflictException($"Others wrote {ReplayJournal.Identifier} {Attempts} times in a row. Nothing was published: try again.");
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose()
    {
        turn.Dispose();
        trials.Dispose();
    }

    private async Task<IReadOnlyList<ReplayOutcome>?> TryReplayAsync(
        ValidatedTopic topic, IReadOnlyList<RecordAddress> originals, Correction correction, bool rehearses, CancellationToken cancellation)
    {
        if (await SettleAsync(topic, originals, cancellation) is not { } history)
        {
            return null;
        }

        var cases = await FindAsync(topic, originals, history, cancellation);
        var prepared = ReplayPreparation.Of(topic, originals, cases, correction, trials, time.GetUtcNow());
        if (rehearses || prepared.Ready.Count == 0)
        {
            return prepared.Rehearsed();
        }

        var ends = await log.EndsAsync(topic.Topic, cancellation);
        var intended = prepared.Ready.Select(ready => ReplayDecision.Intend(ready.Case, ready.Record, ready.Verdict, topic, ends, time.GetUtcNow())).ToList();
        var fresh = intended.Where((entry, index) => !ReferenceEquals(entry, prepared.Ready[index].Case.Last)).ToList();
        var rows = fresh.Count == 0 ? history.Rows : await journal.TryAddAsync(fresh, history.Rows, cancellation);
        return rows is { } known ? prepared.With(await PublishAsync(intended, known, cancellation)) : null;
    }

    /// <summary>Finds out what became of replays whose answer was lost, before anything is decided.</summary>
    /// <returns>The journal; null when others wrote it meanwhile.</returns>
    private async Task<ReplayHistory?> SettleAsync(ValidatedTopic topic, IReadOnlyList<RecordAddress> originals, CancellationToken cancellation)
    {
        var history = await journal.ReadAsync(topic.Topic, cancellation);
        if (history.InDoubt(originals) is not { Count: > 0 } doubtful)
        {
            return history;
        }

        var found = await log.FindAsync(topic.Topic, doubtful, cancellation);
        if (found.Count == 0)
        {
            return history;
        }

        var published = found.Select(pair => pair.Key with { State = ReplayState.Published, Replay = pair.Value, RecordedAt = time.GetUtcNow() }).ToList();
        return await journal.TryAddAsync(published, history.Rows, cancellation) is null ? null : await journal.ReadAsync(topic.Topic, cancellation);
    }

    private async Task<IReadOnlyDictionary<RecordAddress, ReplayCase>> FindAsync(
        ValidatedTopic topic, IReadOnlyList<RecordAddress> originals, ReplayHistory history, CancellationToken cancellation)
    {
        var last = originals.ToDictionary(asked => asked, asked => history.LastOf(history.OriginalOf(asked)));
        var rows = await quarantine.FindAsync(topic, [.. originals.Concat(last.Values.Select(entry => entry?.Replay).OfType<RecordAddress>())], cancellation);
        return originals.Where(rows.ContainsKey).ToDictionary(asked => asked, asked => new ReplayCase(
            asked, rows[asked], history.OriginalOf(asked), last[asked], last[asked]?.Replay is { } replay && rows.ContainsKey(replay)));
    }

    /// <returns>The entries, with their place in the log where it acknowledged them.</returns>
    private async Task<IReadOnlyList<ReplayEntry>> PublishAsync(List<ReplayEntry> intended, long rows, CancellationToken cancellation)
    {
        var positions = await Task.WhenAll(intended.Select(entry => PublishAsync(entry, cancellation)));
        var published = intended.Zip(positions, (entry, position) => position is { } place
            ? entry with { State = ReplayState.Published, Replay = place, RecordedAt = time.GetUtcNow() }
            : entry).ToList();
        var known = published.Where(entry => entry.State is ReplayState.Published).ToList();
        if (known.Count > 0)
        {
            // When others were quicker, or this process dies here, the next call finds them in the log.
            await journal.TryAddAsync(known, rows, cancellation);
        }

        return published;
    }

    private async Task<RecordAddress?> PublishAsync(ReplayEntry entry, CancellationToken cancellation)
    {
        try
        {
            var position = await producer.PublishAsync(ReplayHeaders.Message(entry), cancellation);
            return new RecordAddress(position.Topic, position.Partition, position.Offset);
        }
        catch (KafkaPublishException)
        {
            // The intention stays in the journal: the outcome says that it is not known.
            return null;
        }
    }
}

/// <summary>Others wrote the journal all the time.</summary>
internal sealed class ReplayConflictException(string message) : Exception(message);
