using Recoup.Platform.Bench.Load;
using Recoup.Platform.Bench.Watching;

namespace Recoup.Platform.Bench.Reporting;

/// <summary>Counts the load of the window from the log itself.</summary>
internal static class LoadCount
{
    public static LoadFigures Of(LogIndex log, Window window, PaymentLoad payments, SiloMeter meter)
    {
        var seconds = window.Length.TotalSeconds;
        var records = log.Partitions
            .SelectMany(partition => log.Records(partition).Select(record => (partition.Topic, record.Origin, At: DateTimeOffset.FromUnixTimeMilliseconds(record.SentMs))))
            .Where(record => window.Contains(record.At))
            .CountBy(record => (record.Topic, record.Origin))
            .ToDictionary(count => count.Key, count => Math.Round(count.Value / seconds, 1));
        return new LoadFigures
        {
            PaymentsPerSecond = Math.Round(payments.Placed / seconds, 1),
            EventsPerSecond = records.Values.Sum(),
            OwnEventsPerSecond = Sum(Origin.Recoup),
            OwnEventsPerSecondByTopic = records.Where(count => count.Key.Origin is Origin.Recoup).OrderByDescending(count => count.Value)
                .ToDictionary(count => count.Key.Topic, count => count.Value),
            FillEventsPerSecond = Sum(Origin.Fill),
            BadRecordsPerSecond = Sum(Origin.Bad),
            Lateness = payments.Lateness.ToSpread(),
            BenchCpuShareOfACore = Math.Round(meter.BenchCpuShare, 3),
        };

        double Sum(Origin origin) => Math.Round(records.Where(count => count.Key.Origin == origin).Sum(count => count.Value), 1);
    }
}
