using System.Globalization;
using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Commits;
using Recoup.Lakehouse.Iceberg.Scans;
using Recoup.Lakehouse.Iceberg.Writes;

namespace Recoup.Iceberg.Bench;

/// <summary>Queries over tables, beside the same query over the same files without Iceberg.</summary>
internal static class QueryBench
{
    private const int Repeats = 40;

    public static async Task RunAsync(BenchLake lake, long rows)
    {
        var gold = await FillAsync(lake, "gold", 12_000, 1);
        var large = await FillAsync(lake, "large", rows, 20);
        await CompareAsync(lake, gold, Filter.All, "group by over 12,000 rows");
        await CompareAsync(lake, large, Filter.All, string.Create(CultureInfo.InvariantCulture, $"group by over {rows:N0} rows"));
        await CompareAsync(lake, large, Filter.Compare("created_at", Comparison.GreaterOrEqual, "2026-11-20"), "group by over one day of twenty");
    }

    private static async Task<Table> FillAsync(BenchLake lake, string name, long rows, int days)
    {
        var table = await lake.CreateAsync(name);
        lake.Run($"CREATE OR REPLACE TEMP TABLE rows AS {BenchLake.Rows(rows, days)}");
        var transaction = new LakeTransaction(lake.Catalog, TimeProvider.System);
        transaction.For(table).Append(await DataFileWriter.WriteAsync(table, lake.Connection, "rows"));
        var filled = (await transaction.CommitAsync())[0];
        lake.Run("DROP TABLE rows");
        return filled;
    }

    private static async Task CompareAsync(BenchLake lake, Table table, Filter filter, string name)
    {
        var (iceberg, planning, ceiling) = (new Timings(name), new Timings("  of it: load, plan and write the SQL"), new Timings("  ceiling: the same files by read_parquet"));
        var paths = (await table.Scan().Where(filter).PlanAsync()).Select(task => $"'{task.File.FilePath["file://".Length..]}'");
        var direct = GroupBy($"SELECT * FROM read_parquet([{string.Join(", ", paths)}])");
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            await iceberg.MeasureAsync(async () =>
            {
                var sql = await planning.MeasureAsync(async () =>
                    await (await lake.Catalog.LoadTableAsync(table.Identifier)).Scan().Where(filter).ToSqlAsync(lake.Connection));
                lake.Run(GroupBy(sql));
                return true;
            });
            ceiling.Measure(() => lake.Run(direct));
        }

        Console.WriteLine(iceberg);
        Console.WriteLine(planning);
        Console.WriteLine($"{ceiling}  ratio {iceberg.Percentile(0.5) / ceiling.Percentile(0.5):N2}");
    }

    private static string GroupBy(string rows) => $"SELECT merchant_id, currency, count(*), sum(amount_minor) FROM ({rows}) GROUP BY ALL";
}
