using System.Globalization;
using DuckDB.NET.Data;
using Recoup.Lakehouse.FlinkSql.Running;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Commits;
using Recoup.Lakehouse.Iceberg.Writes;

namespace Recoup.Pipeline.Monitors;

/// <summary>
/// The table <c>gold.pipeline_monitors</c>: a row a reading. The number of the run moves on with its rows, in one commit, as a log's offsets do: a run that
/// is taken up after a crash finds its rows there and adds none.
/// </summary>
public sealed class MonitorTable(ICatalog catalog, TimeProvider time)
{
    private const string Source = "pipeline.runs";

    private const string Definition =
        """
        {"gold.pipeline_monitors": {"partition": ["day(observed_at)"], "columns": [
          ["run_number", "long"], ["monitor", "string"], ["subject", "string"], ["severity", "string"],
          ["value", "decimal(38, 6)"], ["threshold", "decimal(38, 6)"], ["unit", "string"], ["summary", "string"], ["query", "string"],
          ["observed_at", "timestamptz"], ["recorded_at", "timestamptz"]]}}
        """;

    private static readonly TableIdentifier Identifier = new("gold", "pipeline_monitors");

    /// <summary>Makes the table unless it is there.</summary>
    public Task EnsureAsync(CancellationToken cancellation) => TableDefinitions.EnsureAsync(catalog, Definition, cancellation);

    public async Task WriteAsync(long runNumber, MonitorMoment moment, IReadOnlyList<Reading> readings, CancellationToken cancellation)
    {
        await EnsureAsync(cancellation);
        var table = await catalog.LoadTableAsync(Identifier, cancellation);
        var written = SourceOffsets.Of(table.Metadata)[Source, 0];
        if (written > runNumber)
        {
            return;
        }

        await using var connection = await RowsAsync(runNumber, moment, readings, cancellation);
        var files = await DataFileWriter.WriteAsync(table, connection, "readings", cancellation);
        var transaction = new LakeTransaction(catalog, time);
        transaction.For(table).Append(files).AdvanceOffsets(At(written), At(runNumber + 1));
        await transaction.CommitAsync(cancellation);
    }

    private static SourceOffsets At(long? run) => run is { } next ? SourceOffsets.None.With(Source, 0, next) : SourceOffsets.None;

    /// <summary>The rows as a table of a DuckDB in memory, from which the writer makes the file.</summary>
    private static async Task<DuckDBConnection> RowsAsync(long runNumber, MonitorMoment moment, IReadOnlyList<Reading> readings, CancellationToken cancellation)
    {
        var connection = new DuckDBConnection("DataSource=:memory:");
        await connection.OpenAsync(cancellation);
        await ExecuteAsync(connection, "set TimeZone = 'UTC'; set threads = 1", [], cancellation);
        await ExecuteAsync(
            connection,
            "create table readings (run_number bigint, monitor varchar, subject varchar, severity varchar, value decimal(38, 6), threshold decimal(38, 6), unit varchar, summary varchar, query varchar, observed_at timestamptz, recorded_at timestamptz)",
            [],
            cancellation);
        foreach (var reading in readings)
        {
            await ExecuteAsync(connection, "insert into readings values ($1, $2, $3, $4, cast($5 as decimal(38, 6)), cast($6 as decimal(38, 6)), $7, $8, $9, cast($10 as timestamptz), cast($11 as timestamptz))", Cells(runNumber, moment, reading), cancellation);
        }

        return connection;
    }

    private static object?[] Cells(long runNumber, MonitorMoment moment, Reading reading) =>
    [
        runNumber, reading.Monitor, reading.Subject, reading.Severity.ToString().ToLowerInvariant(), Text(reading.Value), Text(reading.Threshold),
        reading.Unit, reading.Summary, reading.Query, Text(moment.Business), Text(moment.Wall),
    ];

    private static string? Text(decimal? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private static async Task ExecuteAsync(DuckDBConnection connection, string sql, object?[] cells, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var cell in cells)
        {
            command.Parameters.Add(new DuckDBParameter(cell ?? DBNull.Value));
        }

        await command.ExecuteNonQueryAsync(cancellation);
    }
}
