using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Recoup.Lakehouse.FlinkSql.Planning;
using Recoup.Lakehouse.FlinkSql.Running;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Storage;

namespace Recoup.Lakehouse.Bench;

/// <summary>
/// The charges script from records in memory to committed Iceberg snapshots, beside what DuckDB alone does in the same run: the
/// same SELECTs over records that lie in a table already, and the same Parquet writes, without offsets, catalog and manifests.
/// </summary>
internal static class ValidationBench
{
    public static async Task RunAsync(int count, string scripts)
    {
        var plan = ScriptPlan.Compile("charges.sql", await File.ReadAllTextAsync(Path.Combine(scripts, "charges.sql")));
        var records = ChargeRecords.Make(count);
        Print($"{count} records of {records.Average(record => record.Value!.Length):F0} bytes on {Environment.ProcessorCount} cores");
        Print("batch   end to end        CPU       DuckDB alone      ratio");
        foreach (var size in (int[])[1_000, 10_000, 50_000])
        {
            var sample = records.Take(Math.Min(count, size * 40)).ToList();
            var whole = await MeasureAsync(sample.Count, async () => await EndToEndAsync(plan, sample, size, scripts));
            var alone = await MeasureAsync(sample.Count, () => Task.FromResult(DuckDbAlone(plan, sample, size)));
            Print($"{size,6}  {whole.Rate,8:F0}/s  {whole.CpuMicroseconds,6:F1} us  {alone.Rate,8:F0}/s {alone.CpuMicroseconds,6:F1} us  {whole.Rate / alone.Rate:P0}");
        }
    }

    private sealed record Figure(double Rate, double CpuMicroseconds);

    /// <summary>Each measured part tells its own time, so that compiling and warming up do not count.</summary>
    private static async Task<Figure> MeasureAsync(int records, Func<Task<(TimeSpan Wall, TimeSpan Cpu)>> part)
    {
        await part();
        var (wall, cpu) = await part();
        return new Figure(records / wall.TotalSeconds, cpu.TotalMicroseconds / records);
    }

    private static async Task<(TimeSpan Wall, TimeSpan Cpu)> EndToEndAsync(ScriptPlan plan, List<SourceRecord> records, int size, string scripts)
    {
        var folder = Directory.CreateTempSubdirectory("recoup-bench");
        try
        {
            using var catalog = new SqliteCatalog(Path.Combine(folder.FullName, "catalog.db"), new LocalStorage(Path.Combine(folder.FullName, "warehouse")), TimeProvider.System);
            await TableDefinitions.EnsureAsync(catalog, await File.ReadAllTextAsync(Path.Combine(scripts, "tables.json")), CancellationToken.None);
            var sink = await IcebergTableSink.OpenAsync(catalog, plan, TimeProvider.System, CancellationToken.None);
            using var runner = new ScriptRunner(
                plan, new MemorySource(records), sink, new ScriptRunnerOptions { RowsMax = size }, TimeProvider.System, NullLogger<ScriptRunner>.Instance);
            var clock = ProcessClock.Start();
            await runner.RunToEndAsync(CancellationToken.None);
            return clock.Elapsed;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static (TimeSpan Wall, TimeSpan Cpu) DuckDbAlone(ScriptPlan plan, List<SourceRecord> records, int size)
    {
        var folder = Directory.CreateTempSubdirectory("recoup-bench");
        try
        {
            using var engine = new BatchEngine(plan, TimeProvider.System);
            engine.Load([.. records.Take(size)]);
            var clock = ProcessClock.Start();
            for (var batch = 0; batch < records.Count / size; batch++)
            {
                engine.Compute();
                for (var insert = 0; insert < plan.Inserts.Count; insert++)
                {
                    using var command = engine.Connection.CreateCommand();
                    command.CommandText = string.Create(CultureInfo.InvariantCulture,
                        $"COPY {BatchEngine.RowsOf(insert)} TO '{folder.FullName}/{batch}-{insert}.parquet' (FORMAT parquet, COMPRESSION zstd)");
                    command.ExecuteNonQuery();
                }
            }

            return clock.Elapsed;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Print(string line) => Console.WriteLine(line);

    private sealed record ProcessClock(long Began, TimeSpan Cpu)
    {
        public (TimeSpan Wall, TimeSpan Cpu) Elapsed => (Stopwatch.GetElapsedTime(Began), Environment.CpuUsage.TotalTime - Cpu);

        public static ProcessClock Start() => new(Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
    }

    private sealed class MemorySource(List<SourceRecord> records) : IRecordSource
    {
        private int position;

        public long Lag => records.Count - position;

        public void Assign(IReadOnlyDictionary<int, long> offsets) => position = 0;

        public IReadOnlyList<SourceRecord> Read(int most, TimeSpan longest, CancellationToken cancellation)
        {
            var read = records.GetRange(position, Math.Min(most, records.Count - position));
            position += read.Count;
            return read;
        }

        public void Dispose() => records.TrimExcess();
    }
}
