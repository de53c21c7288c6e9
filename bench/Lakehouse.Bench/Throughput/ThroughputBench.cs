using Confluent.Kafka;
using Recoup.Lakehouse.FlinkSql.Running;

namespace Recoup.Lakehouse.Bench.Throughput;

/// <summary>The charges script from JSON in Kafka to committed Iceberg snapshots, beside what DuckDB alone does in the same run.</summary>
internal static class ThroughputBench
{
    public static async Task RunAsync(BenchRoom room, int records, IReadOnlyList<int> sizes, int lanes, CancellationToken cancellation)
    {
        Console.WriteLine(Machine.Describe());
        await ProduceAsync(room, records);
        // The first run compiles and warms up; its figures would be those of the runtime.
        await EndToEndAsync(room, sizes[^1], lanes, cancellation);
        Console.WriteLine($"{records} records in Kafka, broker in this process, {lanes} lanes");
        Console.WriteLine(" batch    end to end   CPU a record   DuckDB alone   CPU a record   ratio");
        foreach (var size in sizes)
        {
            var whole = Figure.Of(records, await EndToEndAsync(room, size, lanes, cancellation));
            var alone = Figure.Of(records / size * size, DuckDbAlone.Measure(room, Sample(size), records / size, lanes));
            Console.WriteLine($"{size,6}  {whole.Rate,10:N0}/s  {whole.CpuMicroseconds,9:F1} us  {alone.Rate,10:N0}/s  {alone.CpuMicroseconds,9:F1} us  {whole.Rate / alone.Rate,7:P0}");
        }

        Console.WriteLine(Machine.Describe());
    }

    private static async Task ProduceAsync(BenchRoom room, int records)
    {
        using var producer = room.Producer();
        for (var index = 0; index < records; index++)
        {
            producer.Produce(new TopicPartition(ChargeRecords.Topic, index % ChargeRecords.Partitions), new Message<Null, byte[]> { Value = Record(index) });
            if (index % 100_000 == 0)
            {
                await Task.Run(() => producer.Flush());
            }
        }

        await Task.Run(() => producer.Flush());
    }

    private static async Task<(TimeSpan Wall, TimeSpan Cpu)> EndToEndAsync(BenchRoom room, int size, int lanes, CancellationToken cancellation)
    {
        using var catalog = await room.NewLakeAsync();
        var clock = ProcessClock.Start();
        var sink = new LastCommit(await IcebergTableSink.OpenAsync(catalog, room.Plan, TimeProvider.System, cancellation), clock);
        using var runner = room.Runner(sink, new ScriptRunnerOptions { RowsMax = size, LanesMax = lanes });
        await runner.RunToEndAsync(cancellation);
        return (sink.Wall, sink.Cpu);
    }

    private static List<SourceRecord> Sample(int size) => [.. Enumerable.Range(0, size)
        .Select(index => new SourceRecord(index % ChargeRecords.Partitions, index / ChargeRecords.Partitions, DateTimeOffset.UnixEpoch, null, Record(index)))];

    /// <summary>Two days, as around midnight: two files a batch.</summary>
    private static byte[] Record(int index) => ChargeRecords.Make(index, new DateTimeOffset(2026, 11, 22 + (index % 2), 9, 30, 0, index % 1_000, TimeSpan.Zero));

    private sealed record Figure(double Rate, double CpuMicroseconds)
    {
        public static Figure Of(int records, (TimeSpan Wall, TimeSpan Cpu) time) => new(records / time.Wall.TotalSeconds, time.Cpu.TotalMicroseconds / records);
    }
}
