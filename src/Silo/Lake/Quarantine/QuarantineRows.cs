using System.Globalization;
using DuckDB.NET.Data;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Scans;

namespace Recoup.Silo.Lake.Quarantine;

/// <summary>Finds rows of the quarantine tables by the record that they came from.</summary>
internal sealed class QuarantineRows(ICatalog catalog)
{
    /// <summary>The rows of these records, all of one topic; records that are not quarantined are missing.</summary>
    public async Task<IReadOnlyDictionary<RecordAddress, QuarantinedRecord>> FindAsync(
        ValidatedTopic topic, IReadOnlyCollection<RecordAddress> addresses, CancellationToken cancellation)
    {
        var rows = new Dictionary<RecordAddress, QuarantinedRecord>();
        if (addresses.Count == 0)
        {
            return rows;
        }

        await using var connection = await LakeConnection.OpenAsync(cancellation);
        var table = await catalog.LoadTableAsync(new TableIdentifier("bronze", topic.QuarantineTable), cancellation);
        var scan = table.Scan().Where(addresses.Distinct().Select(Filtered).Aggregate((left, right) => left.Or(right)));
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT kafka_partition, kafka_offset, raw_record, rejection_reason, event_id FROM ({await scan.ToSqlAsync(connection, cancellation)})";
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var row = Read(topic.Topic, (DuckDBDataReader)reader);
            rows[row.Address] = row;
        }

        return rows;
    }

    private static Filter Filtered(RecordAddress address) =>
        Filter.Equal("kafka_partition", address.Partition.ToString(CultureInfo.InvariantCulture))
            .And(Filter.Equal("kafka_offset", address.Offset.ToString(CultureInfo.InvariantCulture)));

    private static QuarantinedRecord Read(string topic, DuckDBDataReader reader) => new(
        new RecordAddress(topic, reader.GetInt32(0), reader.GetInt64(1)),
        LakeConnection.Bytes(reader, 2),
        reader.GetString(3).Split(';'),
        reader.IsDBNull(4) ? null : reader.GetString(4));
}
