using System.Collections.Concurrent;
using Recoup.Client.Queries;
using Recoup.Platform.Bench.Watching;
using Recoup.Silo.Lake.Quarantine;

namespace Recoup.Platform.Bench.Checks;

/// <summary>Compares quarantine with the bad records that were sent: nothing else may be in it, and they for the reasons that were meant.</summary>
internal static class QuarantineCheck
{
    private const int ExamplesMax = 5;

    public static async Task<QuarantineFigures> ReadAsync(LakeQuery queries, LogIndex log, CancellationToken cancellationToken)
    {
        var reasons = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var topic in ValidatedTopic.All)
        {
            var rows = await queries.RowsAsync($"select kafka_partition as p, kafka_offset as o, rejection_reason as r from bronze.{topic.QuarantineTable}", cancellationToken);
            foreach (var row in rows)
            {
                reasons[LogIndex.Address(topic.Topic, row.GetProperty("p").GetInt32(), row.GetProperty("o").GetInt64())] = row.GetProperty("r").GetString()!;
            }
        }

        return Compare(reasons, log.BadReasons);
    }

    private static QuarantineFigures Compare(Dictionary<string, string> quarantined, ConcurrentDictionary<string, string> bad)
    {
        var wrongly = quarantined.Where(record => !bad.ContainsKey(record.Key)).ToList();
        var misjudged = bad.Where(record => quarantined.GetValueOrDefault(record.Key) != record.Value).ToList();
        return new QuarantineFigures
        {
            ByReason = quarantined.Values.SelectMany(static all => all.Split(';')).CountBy(static reason => reason)
                .OrderByDescending(static reason => reason.Value).ToDictionary(),
            GoodOnes = wrongly.Count,
            Misjudged = misjudged.Count,
            Examples = [.. wrongly.Concat(misjudged).Take(ExamplesMax).Select(static record => $"{record.Key}: {record.Value}")],
        };
    }
}

/// <summary>What stands in quarantine.</summary>
internal sealed record QuarantineFigures
{
    /// <summary>Before anybody has looked.</summary>
    public static readonly QuarantineFigures None = new() { ByReason = new Dictionary<string, int>(), GoodOnes = 0, Misjudged = 0, Examples = [] };

    /// <summary>A record with several reasons counts for each.</summary>
    public required IReadOnlyDictionary<string, int> ByReason { get; init; }

    /// <summary>Recoup's own events, or valid ones that filled up: must be 0.</summary>
    public required int GoodOnes { get; init; }

    /// <summary>Bad records that are not in quarantine, or for other reasons than were meant: must be 0.</summary>
    public required int Misjudged { get; init; }
    public required IReadOnlyList<string> Examples { get; init; }
}
