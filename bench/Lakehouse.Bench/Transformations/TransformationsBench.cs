using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Query;
using Recoup.Lakehouse.Query.DuckDb;

namespace Recoup.Lakehouse.Bench.Transformations;

/// <summary>The dbt project over bronze of a given size: from scratch, after a few new payments, with nothing new; then gold's queries.</summary>
internal static class TransformationsBench
{
    private const int PaymentsOfCustomer = 8;

    public static async Task RunAsync(TransformationRoom room, string scripts, long events, int newPayments, int queries, CancellationToken cancellation)
    {
        Console.WriteLine(Machine.Describe());
        await room.CreateTablesAsync(scripts, cancellation);
        var bronze = new BronzeSql(0, Whole(events), Math.Max(1, events / 2 / PaymentsOfCustomer), FirstDay: 1, Days: 26);
        await AppendAsync(room, bronze, cancellation);
        var ceiling = DuckDbCeiling.Measure(room);
        var full = await Build.RunAsync(room.Dbt, cancellation);
        full.Print("from scratch");
        Console.WriteLine($"  {full.Wall.TotalSeconds / ceiling:F1} times DuckDB alone, {bronze.To / full.Wall.TotalSeconds:N0} events/s");

        await AppendAsync(room, bronze with { From = bronze.To, To = bronze.To + Whole(newPayments * 2L), FirstDay = 27, Days = 1 }, cancellation);
        (await Build.RunAsync(room.Dbt, cancellation)).Print($"{newPayments:N0} new payments");
        (await Build.RunAsync(room.Dbt, cancellation)).Print("nothing new");
        await AskAsync(room, queries, cancellation);
        Console.WriteLine(Machine.Describe());
    }

    private static long Whole(long events) => (events + BronzeSql.EventsOfTen - 1) / BronzeSql.EventsOfTen * BronzeSql.EventsOfTen;

    private static async Task AppendAsync(TransformationRoom room, BronzeSql rows, CancellationToken cancellation)
    {
        var clock = ProcessClock.Start();
        await room.AppendAsync(rows, cancellation);
        Console.WriteLine($"{rows.To - rows.From:N0} charge events in bronze, made in {clock.Wall.TotalSeconds:F1} s");
    }

    private static async Task AskAsync(TransformationRoom room, int queries, CancellationToken cancellation)
    {
        using var engine = new DuckDbQueryEngine(room.Catalog, new QueryOptions(), TimeProvider.System);
        foreach (var table in await room.Catalog.ListTablesAsync(new TableNamespace("gold"), cancellation))
        {
            await using var counted = await engine.ExecuteAsync($"SELECT count(*) FROM gold.{table.Name}", null, cancellation);
            var count = await counted.ReadTextAsync(cancellation).FirstAsync(cancellation);
            Console.WriteLine($"  {count[0],10} rows  gold.{table.Name}");
        }

        await GoldQueries.RunAsync(engine, queries, cancellation);
    }
}
