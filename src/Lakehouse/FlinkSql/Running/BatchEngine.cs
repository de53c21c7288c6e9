using System.Globalization;
using DuckDB.NET.Data;
using Recoup.Lakehouse.FlinkSql.Native;
using Recoup.Lakehouse.FlinkSql.Planning;

namespace Recoup.Lakehouse.FlinkSql.Running;

/// <summary>
/// Runs a plan over one batch of records after another, in a DuckDB database of its own. Not safe for use by several threads.
/// </summary>
public sealed class BatchEngine : IDisposable
{
    private readonly ScriptPlan plan;
    private readonly TimeProvider time;
    private readonly List<PreparedQuery> steps = [];
    private readonly RecordAppender appender;

    public BatchEngine(ScriptPlan plan, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(plan);
        this.plan = plan;
        this.time = time;
        Connection = new DuckDBConnection("DataSource=:memory:");
        Connection.Open();
        plan.Kernels.Register(Connection);
        Execute("SET TimeZone = 'UTC'");
        // A batch is too small to be shared among threads: a second one costs as much again and saves nothing. Scripts run beside each other.
        Execute("SET threads = 1");
        Execute($"CREATE TABLE {KafkaSource.RecordTable} ({RecordAppender.Columns(Relation.RecordNumber)})");
        appender = new RecordAppender(Connection, KafkaSource.RecordTable, plan.Source.Topic);
        // The statements are planned over empty tables and run over full ones: what the planner concludes from a table's
        // statistics (that nothing is NULL, for one) would be wrong then.
        Execute("SET disabled_optimizers = 'statistics_propagation'");
        Prepare(KafkaSource.RecordTable, null);
        foreach (var view in plan.Shared)
        {
            Prepare(view.TableName, view.Sql);
        }

        for (var index = 0; index < plan.Inserts.Count; index++)
        {
            Prepare(RowsOf(index), plan.Inserts[index].Sql);
        }

        Execute("RESET disabled_optimizers");
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
        steps[0].Execute();
        appender.Append(records);
        Compute();
    }

    /// <summary>Runs the plan over the records that lie in the table already.</summary>
    internal void Compute()
    {
        foreach (var step in steps.Skip(1))
        {
            step.Execute();
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

    public void Dispose()
    {
        steps.ForEach(step => step.Dispose());
        appender.Dispose();
        Connection.Dispose();
    }

    /// <summary>Tables are emptied and filled, not made anew: a new one would make DuckDB plan all statements again.</summary>
    private void Prepare(string table, string? sql)
    {
        if (sql is not null)
        {
            Execute($"CREATE TABLE {table} AS {sql} LIMIT 0");
        }

        steps.Add(new PreparedQuery(Connection, $"TRUNCATE {table}"));
        if (sql is not null)
        {
            steps.Add(new PreparedQuery(Connection, $"INSERT INTO {table} {sql}"));
        }
    }

    private void Execute(string sql)
    {
        using var command = Connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
