namespace Recoup.Lakehouse.Bench.Transformations;

/// <summary>The ceiling: DuckDB alone over the same Parquet files. One pass that groups the charges by payment, and one that writes them all again.</summary>
internal static class DuckDbCeiling
{
    public static double Measure(TransformationRoom room)
    {
        using var connection = Duck.Open();
        var files = string.Join(", ", room.FilesOf("payment_charges").Select(file => $"'{file}'"));
        var rows = $"read_parquet([{files}], hive_partitioning = false)";
        var grouped = Time(() => Duck.Run(connection,
            $"CREATE TEMP TABLE grouped AS SELECT payment_id, currency, count(*), min(created_at), max(created_at), max(attempt), sum(amount_minor) FROM {rows} GROUP BY payment_id, currency"));
        var copied = Time(() => Duck.Run(connection, $"COPY (SELECT * FROM {rows}) TO '{room.NewFile()}' (FORMAT parquet, COMPRESSION zstd)"));
        Print("scan and group by payment", grouped);
        Print("copy all rows to Parquet", copied);
        return grouped.Wall.TotalSeconds + copied.Wall.TotalSeconds;
    }

    private static (TimeSpan Wall, TimeSpan Cpu) Time(Action work)
    {
        var clock = ProcessClock.Start();
        work();
        return (clock.Wall, clock.CpuUsed);
    }

    private static void Print(string name, (TimeSpan Wall, TimeSpan Cpu) took) =>
        Console.WriteLine($"DuckDB alone, {name}: {took.Wall.TotalSeconds:F2} s, {took.Cpu.TotalSeconds:F2} s of CPU");
}
