using Confluent.Kafka;

namespace Recoup.Lakehouse.Bench.Freshness;

/// <summary>Sends events at an even rate, each dated with the moment at which it is sent.</summary>
internal static class PacedProducer
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    public static async Task RunAsync(BenchRoom room, int rate, TimeSpan duration, EventTimes events, CancellationToken cancellation)
    {
        using var producer = room.Producer();
        using var timer = new PeriodicTimer(Step);
        var clock = ProcessClock.Start();
        var sent = 0;
        while (clock.Wall < duration && await timer.WaitForNextTickAsync(cancellation))
        {
            for (var due = (int)(clock.Wall.TotalSeconds * rate); sent < due; sent++)
            {
                Send(producer, sent, events);
            }
        }

        await Task.Run(() => producer.Flush(cancellation), cancellation);
    }

    private static void Send(IProducer<Null, byte[]> producer, int index, EventTimes events)
    {
        var now = TimeProvider.System.GetUtcNow();
        producer.Produce(
            new TopicPartition(ChargeRecords.Topic, index % ChargeRecords.Partitions),
            new Message<Null, byte[]> { Value = ChargeRecords.Make(index, now) },
            report => events.Add(report.Partition.Value, report.Offset.Value, now));
    }
}
