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
        Execute($"CREATE TABLE {KafkaSource.RecordTable} (n INTEGER, \"value\" BLOB, \"topic\" VARCHAR, \"partition\" INTEGER, \"offset\" BIGINT, \"timestamp\" TIMESTAMPTZ)");
    }

    /// <summary>The database in which the batch lies: a sink reads the inserts' rows here, and nowhere else.</summary>
    public DuckDBConnection Connection { get; }

    /// <summary>Takes the records and computes what the inserts share.</summary>
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
    }

    /// <summary>The query that gives an insert's rows of the loaded batch; its columns are called as the target's.</summary>
    public static string RowsOf(PlannedInsert insert)
    {
        ArgumentNullException.ThrowIfNull(insert);
        return insert.Sql;
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
