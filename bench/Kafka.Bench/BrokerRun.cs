using System.Diagnostics;

namespace Recoup.Kafka.Bench;

/// <summary>Measures the broker with and without fsync, beside the disk of the same moment.</summary>
internal static class BrokerRun
{
    private const int RecordBytes = 500;
    private const int BatchRecords = 32;
    private static readonly string[] Topics = ["single=4", "load=4", "raw=4"];

    public static async Task<int> RunAsync(int records, int singles, string parent)
    {
        var folder = Directory.CreateDirectory(Path.Combine(parent, $"kafka-bench-{Environment.ProcessId}"));
        try
        {
            var load = File.Exists("/proc/loadavg") ? (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0] : "not known";
            var disk = DiskCeiling.SequentialWrite(folder.FullName, 512L << 20);
            Console.WriteLine($"load of the machine: {load}; disk: {disk / 1e6:N0} MB/s sequential ({disk / RecordBytes:N0} records/s of {RecordBytes} B), one flushed write {DiskCeiling.FlushedWrite(folder.FullName, 500):N2} ms");
            foreach (var fsync in new[] { true, false })
            {
                await MeasureAsync(Path.Combine(folder.FullName, fsync ? "fsync" : "no-fsync"), fsync, records, singles, disk);
            }

            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(string data, bool fsync, int records, int singles, double disk)
    {
        await (await BrokerProcess.StartAsync(data, fsync, Topics)).DisposeAsync();
        await using var broker = await BrokerProcess.StartAsync(data, fsync, Topics);
        Console.WriteLine($"{(fsync ? "with fsync" : "without fsync")}: start {broker.Start.TotalMilliseconds:N0} ms, idle {broker.ResidentMiB:N0} MiB");
        Print("produce, librdkafka", broker, records, disk, () => Task.FromResult(ClientLoad.Produce(broker.Address, records)));
        Print("consume, librdkafka", broker, records, null, () => Task.FromResult(ClientLoad.Consume(broker.Address, records)));
        Print("produce, prepared batches", broker, records, disk, () => RawProduceAsync(broker.Port, records));
        Print("consume, bytes only", broker, records, null, () => RawConsumeAsync(broker.Port, records));
        var times = await ClientLoad.SinglesAsync(broker.Address, singles);
        Console.WriteLine($"  single awaited sends: p50 {times[times.Length / 2]:N2} ms, p99 {times[times.Length * 99 / 100]:N2} ms; memory at the end {broker.ResidentMiB:N0} MiB");
    }

    private static void Print(string what, BrokerProcess broker, int records, double? disk, Func<Task<double>> run)
    {
        var cpu = broker.Cpu;
        var seconds = run().GetAwaiter().GetResult();
        var spent = broker.Cpu - cpu;
        var share = disk is { } bytes ? $", {records / seconds * RecordBytes / bytes:P0} of the disk" : "";
        Console.WriteLine($"  {what,-26} {records / seconds,9:N0}/s{share}, broker CPU {spent.TotalMicroseconds / records:N2} us a record, {broker.ResidentMiB:N0} MiB");
    }

    private static async Task<double> RawProduceAsync(int port, int records)
    {
        var requests = Enumerable.Range(0, 4).Select(partition => RawClient.ProduceRequest("raw", partition, BatchRecords)).ToArray();
        using var client = new RawClient(port);
        var watch = Stopwatch.StartNew();
        await client.ProduceAsync(requests, records / BatchRecords, inFlight: 20);
        return watch.Elapsed.TotalSeconds;
    }

    private static async Task<double> RawConsumeAsync(int port, int records)
    {
        using var client = new RawClient(port);
        var watch = Stopwatch.StartNew();
        var each = records / BatchRecords / 4 * BatchRecords;
        for (var partition = 0; partition < 4; partition++)
        {
            await client.ConsumeAsync("raw", partition, each);
        }

        return watch.Elapsed.TotalSeconds;
    }
}
