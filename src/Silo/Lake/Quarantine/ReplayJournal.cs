using System.Text.Json;
using DuckDB.NET.Data;
using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Commits;
using Recoup.Lakehouse.Iceberg.Scans;
using Recoup.Lakehouse.Iceberg.Schemas;
using Recoup.Lakehouse.Iceberg.Writes;

namespace Recoup.Silo.Lake.Quarantine;

/// <summary>
/// The table <c>bronze.replays</c>: what was published again, in place of which record. It is a table of the lake so that it lives as long as the rows that it
/// links, and SQL can join it. Rows are added under the condition that nobody else added any since it was read, so that no original is replayed by two at once.
/// </summary>
internal sealed class ReplayJournal(ICatalog catalog, TimeProvider time)
{
    public static readonly TableIdentifier Identifier = new("bronze", "replays");

    /// <summary>The number of rows is kept as the position of a log is: a commit that began at another one is refused.</summary>
    private const string Counter = "replays";

    private static readonly (string Name, PrimitiveType Type)[] Columns =
    [
        ("kafka_topic", PrimitiveType.String), ("kafka_partition", PrimitiveType.Int), ("kafka_offset", PrimitiveType.Long),
        ("attempt", PrimitiveType.Int), ("state", PrimitiveType.String),
        ("event_id", PrimitiveType.String), ("record_key", PrimitiveType.String), ("event_type", PrimitiveType.String), ("schema_version", PrimitiveType.String),
        ("record", PrimitiveType.Binary), ("log_ends", PrimitiveType.String),
        ("replay_partition", PrimitiveType.Int), ("replay_offset", PrimitiveType.Long), ("recorded_at", PrimitiveType.Timestamptz),
    ];

    /// <summary>Makes the table unless it is there.</summary>
    public static async Task EnsureAsync(ICatalog catalog, CancellationToken cancellation)
    {
        var schema = new Schema { Fields = [.. Columns.Select((column, index) => new NestedField(index + 1, column.Name, column.Type))] };
        try
        {
            await catalog.CreateTableAsync(Identifier, new TableDefinition(schema), cancellation);
        }
        catch (IcebergException known) when (known.Failure is IcebergFailure.AlreadyExists)
        {
            return;
        }
    }

    /// <summary>What is known of a topic's replays.</summary>
    public async Task<ReplayHistory> ReadAsync(string topic, CancellationToken cancellation)
    {
        await using var connection = await LakeConnection.OpenAsync(cancellation);
        var table = await catalog.LoadTableAsync(Identifier, cancellation);
        var rows = await table.Scan().Where(Filter.Equal("kafka_topic", topic)).ToSqlAsync(connection, cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {string.Join(", ", Columns.Select(column => column.Name))} FROM ({rows})";
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var entries = new List<ReplayEntry>();
        while (await reader.ReadAsync(cancellation))
        {
            entries.Add(Read((DuckDBDataReader)reader));
        }

        return new ReplayHistory(entries, SourceOffsets.Of(table.Metadata)[Counter, 0] ?? 0);
    }

    /// <summary>Adds rows.</summary>
    /// <returns>The history's new number of rows; null, and nothing was added, when others have added rows since it was read.</returns>
    public async Task<long?> TryAddAsync(IReadOnlyList<ReplayEntry> entries, long rows, CancellationToken cancellation)
    {
        await using var connection = await LakeConnection.OpenAsync(cancellation);
        var table = await catalog.LoadTableAsync(Identifier, cancellation);
        Stage(connection, entries);
        var after = rows + entries.Count;
        var transaction = new LakeTransaction(catalog, time);
        transaction.For(table).Append(await DataFileWriter.WriteAsync(table, connection, "staged", cancellation)).AdvanceOffsets(
            rows == 0 ? SourceOffsets.None : SourceOffsets.None.With(Counter, 0, rows), SourceOffsets.None.With(Counter, 0, after));
        try
        {
            await transaction.CommitAsync(cancellation);
            return after;
        }
        catch (IcebergException conflict) when (conflict.Failure is IcebergFailure.CommitConflict)
        {
            return null;
        }
    }

    private static void Stage(DuckDBConnection connection, IReadOnlyList<ReplayEntry> entries)
    {
        using (var create = connection.CreateCommand())
        {
            create.CommandText = $"CREATE TABLE staged ({string.Join(", ", Columns.Select(column => $"{column.Name} {SqlTypeOf(column.Type)}"))})";
            create.ExecuteNonQuery();
        }

        using var appender = connection.CreateAppender("staged");
        foreach (var entry in entries)
        {
            var row = appender.CreateRow()
                .AppendValue(entry.Original.Topic).AppendValue(entry.Original.Partition).AppendValue(entry.Original.Offset)
                .AppendValue(entry.Attempt).AppendValue(entry.State.ToString().ToLowerInvariant())
                .AppendValue(entry.EventId).AppendValue(entry.Key).AppendValue(entry.EventType).AppendValue(entry.SchemaVersion)
                .AppendValue(entry.Record).AppendValue(JsonSerializer.Serialize(entry.LogEnds))
                .AppendValue(entry.Replay?.Partition).AppendValue(entry.Replay?.Offset);
            row.AppendValue(entry.RecordedAt.UtcDateTime).EndRow();
        }
    }

    private static string SqlTypeOf(PrimitiveType type) => type.Kind switch
    {
        PrimitiveKind.Int => "INTEGER",
        PrimitiveKind.Long => "BIGINT",
        PrimitiveKind.Binary => "BLOB",
        PrimitiveKind.Timestamptz => "TIMESTAMPTZ",
        _ => "VARCHAR",
    };

    private static ReplayEntry Read(DuckDBDataReader reader)
    {
        var original = new RecordAddress(reader.GetString(0), reader.GetInt32(1), reader.GetInt64(2));
        return new ReplayEntry
        {
            Original = original,
            Attempt = reader.GetInt32(3),
            State = Enum.Parse<ReplayState>(reader.GetString(4), ignoreCase: true),
            EventId = reader.GetString(5),
            Key = reader.GetString(6),
            EventType = reader.GetString(7),
            SchemaVersion = reader.GetString(8),
            Record = LakeConnection.Bytes(reader, 9)!,
            LogEnds = JsonSerializer.Deserialize<Dictionary<int, long>>(reader.GetString(10))!,
            Replay = reader.IsDBNull(11) ? null : new RecordAddress(original.Topic, reader.GetInt32(11), reader.GetInt64(12)),
            RecordedAt = new DateTimeOffset(DateTime.SpecifyKind(reader.GetDateTime(13), DateTimeKind.Utc)),
        };
    }
}
