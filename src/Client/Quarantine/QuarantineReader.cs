using System.Globalization;
using System.Text.Json;
using Recoup.Client.Connections;
using Recoup.Silo.Lake.Quarantine;

namespace Recoup.Client.Quarantine;

/// <summary>Reads the quarantine through the silo's <c>POST /query</c>: nothing that SQL does not show.</summary>
internal sealed class QuarantineReader(SiloHttp silo)
{
    private const string Columns = "kafka_topic, kafka_partition, kafka_offset, quarantined_at, rejection_reason, event_id, payment_id";

    /// <summary>How many rows there are by table and reasons, the most first.</summary>
    public async Task<IReadOnlyList<QuarantineCount>> CountAsync(QuarantineFilter filter, CancellationToken cancellationToken)
    {
        var rows = await silo.QueryAsync(
            $"select kafka_topic, rejection_reason, count(*) as n from ({filter.Select("kafka_topic, rejection_reason")}) as q group by kafka_topic, rejection_reason order by n desc, kafka_topic, rejection_reason",
            cancellationToken);
        return [.. rows.Select(row => new QuarantineCount(TableOf(row), row.GetProperty("rejection_reason").GetString()!, row.GetProperty("n").GetInt64()))];
    }

    /// <summary>The newest rows, with what is known of their replays.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="most">How many at most; null: all.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public async Task<IReadOnlyList<QuarantineRow>> ListAsync(QuarantineFilter filter, int? most, CancellationToken cancellationToken)
    {
        var limit = most is { } count ? string.Create(CultureInfo.InvariantCulture, $" limit {count}") : "";
        var rows = await silo.QueryAsync(
            $"select {Columns} from ({filter.Select(Columns)}) as q order by quarantined_at desc, kafka_topic, kafka_partition, kafka_offset desc{limit}", cancellationToken);
        return await new ReplayLinks(silo).LinkAsync([.. rows.Select(Read)], cancellationToken);
    }

    /// <summary>One row and the bytes of its record, without card numbers; null: it is not in quarantine. The bytes of a tombstone are null.</summary>
    public async Task<(QuarantineRow Row, byte[]? Raw)?> FindAsync(RecordAddress address, ValidatedTopic topic, CancellationToken cancellationToken)
    {
        var found = await silo.QueryAsync(
            string.Create(CultureInfo.InvariantCulture, $"select {Columns}, raw_record from bronze.{topic.QuarantineTable} where kafka_partition = {address.Partition} and kafka_offset = {address.Offset}"),
            cancellationToken);
        if (found.Count == 0)
        {
            return null;
        }

        var rows = await new ReplayLinks(silo).LinkAsync([Read(found[0])], cancellationToken);
        var raw = found[0].GetProperty("raw_record");
        return (rows[0], raw.ValueKind == JsonValueKind.Null ? null : raw.GetBytesFromBase64());
    }

    private static QuarantineRow Read(JsonElement row) => new()
    {
        Record = new RecordAddress(row.GetProperty("kafka_topic").GetString()!, row.GetProperty("kafka_partition").GetInt32(), row.GetProperty("kafka_offset").GetInt64()).ToString(),
        Table = TableOf(row),
        QuarantinedAt = row.GetProperty("quarantined_at").GetDateTimeOffset(),
        Reasons = row.GetProperty("rejection_reason").GetString()!.Split(';'),
        EventId = row.GetProperty("event_id").GetString(),
        PaymentId = row.GetProperty("payment_id").GetString(),
    };

    private static string TableOf(JsonElement row) => ValidatedTopic.Find(row.GetProperty("kafka_topic").GetString()!)!.QuarantineTable;
}
