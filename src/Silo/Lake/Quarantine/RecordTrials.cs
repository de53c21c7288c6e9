using System.Globalization;
using Recoup.Lakehouse.FlinkSql.Trials;
using Recoup.Silo.Lake.Scripts;

namespace Recoup.Silo.Lake.Quarantine;

/// <summary>What the validation would say of a record.</summary>
/// <param name="Reasons">Why it would be refused; none: it would stand in bronze.</param>
/// <param name="Row">The row in bronze as text, by column; empty when it would be refused.</param>
internal sealed record Verdict(IReadOnlyList<string> Reasons, IReadOnlyDictionary<string, string?> Row)
{
    public bool IsAccepted => Reasons.Count == 0;
}

/// <summary>Runs records through the scripts of their topics, in this process and without writing anything.</summary>
internal sealed class RecordTrials(ScriptLibrary scripts, TimeProvider time) : IDisposable
{
    private readonly Lock running = new();
    private readonly Dictionary<string, ScriptTrial> byTopic = new(StringComparer.Ordinal);

    /// <summary>A verdict for each record, in their order.</summary>
    public IReadOnlyList<Verdict> Try(ValidatedTopic topic, IReadOnlyList<byte[]> records)
    {
        if (records.Count == 0)
        {
            return [];
        }

        lock (running)
        {
            if (!byTopic.TryGetValue(topic.Topic, out var trial))
            {
                trial = byTopic[topic.Topic] = new ScriptTrial(scripts.Compile(topic.Topic), time);
            }

            return [.. trial.Run(records).Select(rows => VerdictOf(topic, rows))];
        }
    }

    public void Dispose()
    {
        foreach (var trial in byTopic.Values)
        {
            trial.Dispose();
        }
    }

    private static Verdict VerdictOf(ValidatedTopic topic, IReadOnlyList<TrialRow> rows)
    {
        var row = rows.Single();
        return row.Target[^1] == topic.QuarantineTable
            ? new Verdict(((string)row.Values["rejection_reason"]!).Split(';'), new Dictionary<string, string?>())
            : new Verdict([], row.Values.ToDictionary(value => value.Key, value => Convert.ToString(value.Value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null));
    }
}
