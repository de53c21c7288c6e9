using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Recoup.Lakehouse.FlinkSql.Planning;
using Recoup.Lakehouse.FlinkSql.Running;
using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Maintenance;

namespace Recoup.Lakehouse.Tests.FlinkSql.Crash;

/// <summary>The process that is killed: it validates refunds and maintains their tables beside it, and says each commit and each compaction.</summary>
internal static class ValidationProcess
{
    public const string Command = "crash-validation";

    public const string Compacted = "compacted";

    /// <summary>Small and many batches: a kill then finds some in every state.</summary>
    private static readonly ScriptRunnerOptions Options = new() { RowsMax = 100, LanesMax = 3, AgeMax = TimeSpan.FromMilliseconds(50), RetryPause = TimeSpan.FromMilliseconds(10) };

    public static readonly ScriptPlan Plan = ScriptPlan.Compile("refunds.sql", File.ReadAllText(Path.Combine(ScriptRun.Folder, "refunds.sql")));

    public static async Task<int> RunAsync(string folder, string address)
    {
        var lake = await LakeFixture.OpenAsync(folder);
        var sink = new SayingSink(await IcebergTableSink.OpenAsync(lake.Catalog, Plan, TimeProvider.System, CancellationToken.None));
        using var runner = Runner(sink, address, Options);
        await Task.WhenAll(runner.RunAsync(CancellationToken.None), MaintainAsync(lake));
        return 0;
    }

    public static ScriptRunner Runner(ITableSink sink, string address, ScriptRunnerOptions options) => new(
        Plan,
        new KafkaRecordSource(Plan.Source, new Dictionary<string, string> { ["bootstrap.servers"] = address }),
        sink,
        options,
        TimeProvider.System,
        NullLogger<ScriptRunner>.Instance);

    private static async Task MaintainAsync(LakeFixture lake)
    {
        using var upkeep = new TableUpkeep(lake.Catalog, TimeProvider.System);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await timer.WaitForNextTickAsync())
        {
            await MaintainAsync(upkeep, "payment_refunds");
            await MaintainAsync(upkeep, "quarantine_payment_refunds");
        }
    }

    private static async Task MaintainAsync(TableUpkeep upkeep, string table)
    {
        try
        {
            var (files, _) = await upkeep.RunAsync(new TableIdentifier("bronze", table));
            if (files.ReplacedFiles > 0)
            {
                Say(Compacted);
            }
        }
        catch (IcebergException conflict) when (conflict.Failure is IcebergFailure.CommitConflict)
        {
            // The writer was faster each time: the next round tries again, as in production.
        }
    }

    private static void Say(string line)
    {
        lock (Plan)
        {
            Console.Out.WriteLine(line);
            Console.Out.Flush();
        }
    }

    private sealed class SayingSink(ITableSink inner) : ITableSink
    {
        public Task<IReadOnlyDictionary<int, long>> ReadOffsetsAsync(CancellationToken cancellation) => inner.ReadOffsetsAsync(cancellation);

        public string? DayColumn(PlannedInsert insert) => inner.DayColumn(insert);

        public Task<IStagedBatch> StageAsync(BatchOutput batch, CancellationToken cancellation) => inner.StageAsync(batch, cancellation);

        public async Task CommitAsync(IStagedBatch batch, IReadOnlyDictionary<int, long> first, IReadOnlyDictionary<int, long> behind, CancellationToken cancellation)
        {
            await inner.CommitAsync(batch, first, behind, cancellation);
            Say(behind.Values.Sum().ToString(CultureInfo.InvariantCulture));
        }
    }
}
