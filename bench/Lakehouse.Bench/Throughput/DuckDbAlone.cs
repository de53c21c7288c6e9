using System.Globalization;
using Recoup.Lakehouse.FlinkSql.Planning;
using Recoup.Lakehouse.FlinkSql.Running;

namespace Recoup.Lakehouse.Bench.Throughput;

/// <summary>
/// The ceiling: the same SELECTs over records that lie in DuckDB already, and the same Parquet writes, in as many databases at once; without Kafka,
/// offsets, flushes, manifests and catalog.
/// </summary>
internal static class DuckDbAlone
{
    public static (TimeSpan Wall, TimeSpan Cpu) Measure(BenchRoom room, IReadOnlyList<SourceRecord> batch, int batches, int lanes)
    {
        var engines = Enumerable.Range(0, lanes).Select(_ => new BatchEngine(ScriptPlan.Compile(room.Plan.File, room.Plan.Text), TimeProvider.System)).ToList();
        engines.ForEach(engine => engine.Load(batch));
        var folder = room.NewFolder();
        var clock = ProcessClock.Start();
        Parallel.For(0, lanes, lane =>
        {
            for (var number = lane; number < batches; number += lanes)
            {
                engines[lane].Compute();
                Write(engines[lane], room.Plan, string.Create(CultureInfo.InvariantCulture, $"{folder}/{number}"));
            }
        });
        var measured = (clock.Wall, clock.CpuUsed);
        engines.ForEach(engine => engine.Dispose());
        return measured;
    }

    private static void Write(BatchEngine engine, ScriptPlan plan, string path)
    {
        for (var insert = 0; insert < plan.Inserts.Count; insert++)
        {
            using var command = engine.Connection.CreateCommand();
            command.CommandText = string.Create(CultureInfo.InvariantCulture, $"COPY {BatchEngine.RowsOf(insert)} TO '{path}-{insert}.parquet' (FORMAT parquet, COMPRESSION zstd)");
            command.ExecuteNonQuery();
        }
    }
}
