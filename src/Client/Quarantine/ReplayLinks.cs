using System.Text.Json;
using Recoup.Client.Connections;
using Recoup.Silo.Lake.Quarantine;

namespace Recoup.Client.Quarantine;

/// <summary>Links quarantined rows to their replays: the journal says where these lie, bronze and quarantine what became of them.</summary>
internal sealed class ReplayLinks(SiloHttp silo)
{
    private const string JournalColumns = "kafka_topic, kafka_partition, kafka_offset, attempt, replay_partition, replay_offset";

    public async Task<IReadOnlyList<QuarantineRow>> LinkAsync(IReadOnlyList<QuarantineRow> rows, CancellationToken cancellationToken)
    {
        var linked = rows.ToDictionary(row => row.Record, StringComparer.Ordinal);
        foreach (var topic in rows.GroupBy(row => row.Address.Topic).Select(group => ValidatedTopic.Find(group.Key)!))
        {
            var journal = (await silo.QueryAsync($"select {JournalColumns} from bronze.replays where kafka_topic = '{topic.Topic}'", cancellationToken)).Select(JournalRow.Of).ToList();
            if (journal.Count == 0)
            {
                continue;
            }

            var (accepted, quarantined) = (await OffsetsAsync(topic.Table, journal, cancellationToken), await OffsetsAsync(topic.QuarantineTable, journal, cancellationToken));
            foreach (var row in rows.Where(row => row.Address.Topic == topic.Topic))
            {
                linked[row.Record] = Link(row, journal, accepted, quarantined);
            }
        }

        return [.. rows.Select(row => linked[row.Record])];
    }

    private static QuarantineRow Link(QuarantineRow row, List<JournalRow> journal, HashSet<RecordAddress> accepted, HashSet<RecordAddress> quarantined)
    {
        var origin = journal.FirstOrDefault(entry => entry.Replay == row.Address);
        var last = journal.Where(entry => entry.Original == (origin?.Original ?? row.Address)).OrderBy(entry => (entry.Attempt, entry.Replay is not null)).LastOrDefault();
        return row with
        {
            ReplayOf = origin?.Original.ToString(),
            Replayed = last is null || last.Replay == row.Address ? null : new ReplayLink(last.Replay?.ToString(), last.Attempt, FateOf(last.Replay, accepted, quarantined)),
        };
    }

    private static ReplayFate FateOf(RecordAddress? replay, HashSet<RecordAddress> accepted, HashSet<RecordAddress> quarantined) => replay switch
    {
        null => ReplayFate.InDoubt,
        { } known when accepted.Contains(known) => ReplayFate.Accepted,
        { } known when quarantined.Contains(known) => ReplayFate.Quarantined,
        _ => ReplayFate.Pending,
    };

    private async Task<HashSet<RecordAddress>> OffsetsAsync(string table, List<JournalRow> journal, CancellationToken cancellationToken)
    {
        var topic = journal[0].Original.Topic;
        var places = await silo.QueryAsync(
            $"select kafka_partition, kafka_offset from bronze.{table} where exists (select 1 from bronze.replays as r where r.kafka_topic = '{topic}' "
            + $"and r.replay_partition = {table}.kafka_partition and r.replay_offset = {table}.kafka_offset)",
            cancellationToken);
        return [.. places.Select(place => new RecordAddress(topic, place.GetProperty("kafka_partition").GetInt32(), place.GetProperty("kafka_offset").GetInt64()))];
    }

    private sealed record JournalRow(RecordAddress Original, int Attempt, RecordAddress? Replay)
    {
        public static JournalRow Of(JsonElement row)
        {
            var topic = row.GetProperty("kafka_topic").GetString()!;
            var place = row.GetProperty("replay_partition");
            return new JournalRow(
                new RecordAddress(topic, row.GetProperty("kafka_partition").GetInt32(), row.GetProperty("kafka_offset").GetInt64()),
                row.GetProperty("attempt").GetInt32(),
                place.ValueKind == JsonValueKind.Null ? null : new RecordAddress(topic, place.GetInt32(), row.GetProperty("replay_offset").GetInt64()));
        }
    }
}
