using System.Diagnostics;
using Recoup.Events.Bench.Reporting;
using Recoup.Events.Bench.Silo;
using Recoup.Kafka.Bench;

namespace Recoup.Events.Bench.Load;

/// <summary>What the broker takes from a client that sends prepared requests.</summary>
internal static class BrokerCeiling
{
    public const int BatchRecords = 32;
    public const int InFlight = 20;
    private const int RequestsAtOnce = 500;

    /// <summary>Batches of records, many requests under way at once.</summary>
    public static async Task<PublishFigures> PipelinedAsync(BrokerProcess broker, TimeSpan duration)
    {
        var requests = Requests(BatchRecords);
        using var client = new RawClient(broker.Port);
        await client.ProduceAsync(requests, RequestsAtOnce, InFlight);
        return await Measured.RunAsync(broker, RequestsAtOnce * BatchRecords, duration, until => RepeatAsync(until, () => client.ProduceAsync(requests, RequestsAtOnce, InFlight)));
    }

    /// <summary>One record a request, one request at a time: the floor of every latency.</summary>
    public static async Task<PublishFigures> SinglesAsync(BrokerProcess broker, TimeSpan duration)
    {
        var requests = Requests(1);
        using var client = new RawClient(broker.Port);
        await client.ProduceAsync(requests, RequestsAtOnce, 1);
        return await Measured.RunAsync(broker, 1, duration, until => RepeatAsync(until, () => client.ProduceAsync(requests, 1, 1)));
    }

    private static byte[][] Requests(int records) =>
        [.. Enumerable.Range(0, MeasuredSilo.Partitions).Select(partition => RawClient.ProduceRequest(MeasuredSilo.RawTopic, partition, records))];

    private static async Task<long[][]> RepeatAsync(long until, Func<Task> call)
    {
        var ticks = new List<long>();
        for (long before; (before = Stopwatch.GetTimestamp()) < until;)
        {
            await call();
            ticks.Add(Stopwatch.GetTimestamp() - before);
        }

        return [[.. ticks]];
    }
}
