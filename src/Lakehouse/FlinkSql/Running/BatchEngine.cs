using System.Globalization;
using DuckDB.NET.Data;
using Recoup.Lakehouse.FlinkSql.Planning;

namespace Recoup.Lakehouse.FlinkSql.Running;

/// <summary>
/// Runs a plan over one batch of records after another, in a DuckDB database of its own. Not safe for use by several threads.
/// </summary>
public sealed class BatchEngine : IDisposable
{
    private readonly ScriptPlan plan;
    private readonly TimeProvider time;

    public BatchEngine(ScriptPlan plan, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(plan);
        this.plan = plan;
        this.time = time;
        Connection = new DuckDBConnection("DataSource=:memory:");
        Connection.Open();
        plan.Kernels.Register(Connection);
        Execute("SET TimeZone = 'UTC'");
        Execute("SET preserve_insertion_order = false");
        Execute($"CREATE TABLE {KafkaSource.RecordTable} ({Relation.RecordNumber} INTEGER, \"value\" BLOB, \"topic\" VARCHAR, \"partition\" INTEGER, \"offset\" BIGINT, \"timestamp\" TIMESTAMPTZ)");
    }

    /// <summary>The database in which the batch lies, in UTC: a sink reads the inserts' rows here.</summary>
    public DuckDBConnection Connection { get; }

    /// <summary>The table that holds an insert's rows of the loaded batch; its columns are called as the target's.</summary>
    /// <param name="insert">The insert's place in the plan.</param>
    public static string RowsOf(int insert) => string.Create(CultureInfo.InvariantCulture, $"flink_insert_{insert}");

    /// <summary>Takes the records in place of the last batch's and computes the rows of every insert.</summary>
    public void Load(IReadOnlyList<SourceRecord> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        plan.Clock.Microseconds = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / 10;
        Execute($"TRUNCATE {KafkaSource.RecordTable}");
        Append(records);
        foreach (var view in plan.Shared)
        {
            Execute($"CREATE OR REPLACE TEMP TABLE {view.TableName} AS {view.Sql}");
        }

        for (var index = 0; index < plan.Inserts.Count; index++)
        {
            Execute($"CREATE OR REPLACE TEMP TABLE {RowsOf(index)} AS {plan.Inserts[index].Sql}");
        }
    }

    /// <summary>
    /// How many records may stay so that an insert's rows fall on no more than <paramref name="most"/> days of a column: all, or
    /// those before the first record that opens a day too many, in the order of the batch.
    /// </summary>
    public int CountWithinDays(int insert, string column, int most, int records)
    {
        using var command = Connection.CreateCommand();
        command.CommandText =
            $"SELECT min({Relation.RecordNumber}) AS first FROM {RowsOf(insert)} GROUP BY epoch_us(\"{column}\") // 86400000000 ORDER BY first OFFSET {most.ToString(CultureInfo.InvariantCulture)} LIMIT 1";
        return command.ExecuteScalar() is int first ? Math.Max(1, first) : records;
    }

    public void Dispose() => Connection.Dispose();

    private void Append(IReadOnlyList<SourceRecord> records)
    {
        using var appender = Connection.CreateAppender(KafkaSource.RecordTable);
        for (var index = 0; index < records.Count; index++)
        {
            var record = records[index];
            var row = appender.CreateRow().AppendValue(index);
            _ = record.Value is null ? row.AppendNullValue() : row.AppendValue(record.Value);
            row.AppendValue(plan.Source.Topic).AppendValue(record.Partition).AppendValue(record.Offset).AppendValue(record.Timestamp.UtcDateTime).EndRow();
        }
    }

    private void Execute(string sql)
    {
        using var command = Connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
