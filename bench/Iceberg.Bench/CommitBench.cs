using System.Globalization;
using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Commits;
using Recoup.Lakehouse.Iceberg.Maintenance;
using Recoup.Lakehouse.Iceberg.Writes;

namespace Recoup.Iceberg.Bench;

/// <summary>Commits of two tables in one transaction, as a micro-batch makes them, with compaction and expiry going on.</summary>
internal static class CommitBench
{
    /// <summary>As in production: every ten seconds, at a batch every 0.4 s.</summary>
    private const int MaintenanceEvery = 25;

    public static async Task RunAsync(BenchLake lake, int commits, int snapshotsKept)
    {
        lake.Run($"CREATE TEMP TABLE batch AS {BenchLake.Rows(100, 1)}");
        var tables = new[] { await lake.CreateAsync("charges"), await lake.CreateAsync("quarantine") };
        var (write, early, late, plan, maintenance) = (new Timings("write two Parquet files of 100 rows"), new Timings("commit two tables, first tenth"),
            new Timings("commit two tables, last tenth"), new Timings("plan a scan, last tenth"), new Timings("compact and expire both tables"));
        var middle = new Timings("commit two tables, between");
        var offsets = SourceOffsets.None;
        var mostFiles = 0;
        for (var number = 1; number <= commits; number++)
        {
            var files = await write.MeasureAsync(async () => new[]
            {
                await DataFileWriter.WriteAsync(tables[0], lake.Connection, "batch"), await DataFileWriter.WriteAsync(tables[1], lake.Connection, "batch"),
            });
            var timings = number <= commits / 10 ? early : number > commits - (commits / 10) ? late : middle;
            var next = offsets.With("payments.charges", 0, number * 100L);
            var transaction = new LakeTransaction(lake.Catalog, TimeProvider.System);
            transaction.For(tables[0]).Append(files[0]).AdvanceOffsets(offsets, next);
            transaction.For(tables[1]).Append(files[1]).AdvanceOffsets(offsets, next);
            tables = [.. await timings.MeasureAsync(() => transaction.CommitAsync())];
            offsets = next;
            if (timings == late)
            {
                mostFiles = Math.Max(mostFiles, (await plan.MeasureAsync(() => tables[0].Scan().PlanAsync())).Count);
            }

            if (number % MaintenanceEvery is 0)
            {
                tables = await maintenance.MeasureAsync(() => MaintainAsync(lake, tables, snapshotsKept));
            }
        }

        foreach (var timings in new[] { write, early, middle, late, plan, maintenance })
        {
            Console.WriteLine(timings);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"live files of a table, at most: {mostFiles}; snapshots kept: {tables[0].Metadata.Snapshots.Count}"));
    }

    private static async Task<Table[]> MaintainAsync(BenchLake lake, Table[] tables, int snapshotsKept)
    {
        foreach (var table in tables)
        {
            await new Compaction(lake.Catalog, TimeProvider.System).CompactAsync(table.Identifier, lake.Connection, TableUpkeep.Compacting);
            await new SnapshotExpiry(lake.Catalog, TimeProvider.System).ExpireAsync(table.Identifier, new SnapshotRetention(TimeSpan.Zero, snapshotsKept));
        }

        return await Task.WhenAll(tables.Select(table => lake.Catalog.LoadTableAsync(table.Identifier)));
    }
}
