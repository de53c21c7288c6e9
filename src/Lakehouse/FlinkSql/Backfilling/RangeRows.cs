using DuckDB.NET.Data;
using Recoup.Lakehouse.FlinkSql.Planning;
using Recoup.Lakehouse.FlinkSql.Running;

namespace Recoup.Lakehouse.FlinkSql.Backfilling;

/// <summary>The rows that a script makes of ranges of its topic, computed batch by batch and kept together until they are committed.</summary>
internal sealed class RangeRows : IDisposable
{
    /// <summary>The records that were read.</summary>
    public const string Records = "backfill_records";

    private readonly ScriptPlan plan;
    private readonly BatchEngine engine;

    public RangeRows(ScriptPlan plan, TimeProvider time)
    {
        this.plan = plan;
        engine = new BatchEngine(plan, time);
        Execute($"CREATE TABLE {Records} AS SELECT \"partition\", \"offset\" FROM {KafkaSource.RecordTable} LIMIT 0");
        for (var insert = 0; insert < plan.Inserts.Count; insert++)
        {
            Execute($"CREATE TABLE {Of(insert)} AS FROM {BatchEngine.RowsOf(insert)} LIMIT 0");
        }
    }

    public DuckDBConnection Connection => engine.Connection;

    public long RecordCount => Count(Records);

    /// <summary>The table that holds an insert's rows of all batches.</summary>
    public static string Of(int insert) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"backfill_rows_{insert}");

    public long CountOf(int insert) => Count(Of(insert));

    public void Add(IReadOnlyList<SourceRecord> records)
    {
        engine.Load(records);
        Execute($"INSERT INTO {Records} SELECT \"partition\", \"offset\" FROM {KafkaSource.RecordTable}");
        for (var insert = 0; insert < plan.Inserts.Count; insert++)
        {
            Execute($"INSERT INTO {Of(insert)} FROM {BatchEngine.RowsOf(insert)}");
        }
    }

    public void Dispose() => engine.Dispose();

    private void Execute(string sql)
    {
        using var command = Connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private long Count(string table)
    {
        using var command = Connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM {table}";
        return (long)command.ExecuteScalar()!;
    }
}
