using Recoup.Lakehouse.FlinkSql.Running;
using Recoup.Lakehouse.Query;
using Recoup.Lakehouse.Query.DuckDb;

namespace Recoup.Lakehouse.Bench.Freshness;

/// <summary>Events come at an even rate and are validated with the settings of production, while the tables are maintained and queried.</summary>
internal static class FreshnessBench
{
    public static async Task RunAsync(BenchRoom room, int rate, TimeSpan duration, CancellationToken cancellation)
    {
        Console.WriteLine(Machine.Describe());
        using var catalog = await room.NewLakeAsync();
        using var runner = room.Runner(await IcebergTableSink.OpenAsync(catalog, room.Plan, TimeProvider.System, cancellation), new ScriptRunnerOptions());
        using var engine = new DuckDbQueryEngine(catalog, new QueryOptions(), TimeProvider.System);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var maintenance = new Maintenance(catalog);
        var events = new EventTimes();
        var visible = new VisibleRows(engine, events);
        Task[] writing = [runner.RunAsync(stop.Token), maintenance.RunAsync(stop.Token)];
        using var watch = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var watching = visible.WatchAsync(watch.Token);
        var clock = ProcessClock.Start();
        await PacedProducer.RunAsync(room, rate, duration, events, cancellation);
        await CommittedAsync(runner, events.Count, cancellation);
        await watch.CancelAsync();
        await watching;
        await visible.LookAsync(cancellation);
        var (wall, cpu) = (clock.Wall, clock.CpuUsed);
        await stop.CancelAsync();
        await Task.WhenAll(writing);
        Console.WriteLine($"{events.Count:N0} events at {events.Count / wall.TotalSeconds:N0}/s in {wall.TotalSeconds:N0} s, {cpu / wall:P0} of a core; {maintenance.Rounds} rounds of maintenance");
        Console.WriteLine($"event time to visible in a query    p50 {visible.Freshness.Of(0.5):N0} ms   p95 {visible.Freshness.Of(0.95):N0} ms   p99 {visible.Freshness.Of(0.99):N0} ms   most {visible.Freshness.Of(1):N0} ms");
        Console.WriteLine($"the query itself ({visible.Queries.Count:N0} times)       p50 {visible.Queries.Of(0.5):N1} ms   p95 {visible.Queries.Of(0.95):N1} ms");
        Console.WriteLine($"live files of a table: most {maintenance.MostFiles}; snapshots kept: most {maintenance.MostSnapshots}");
        Console.WriteLine(Machine.Describe());
    }

    private static async Task CommittedAsync(ScriptRunner runner, int count, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (runner.Progress.Records < count)
        {
            await timer.WaitForNextTickAsync(cancellation);
        }
    }
}
