using System.Diagnostics;
using Recoup.Events.Bench.Grains;
using Recoup.Events.Bench.Reporting;
using Recoup.Kafka.Bench;

namespace Recoup.Events.Bench.Load;

/// <summary>Events at a steady rate, from the call of <c>OnNextAsync</c> in one grain to that in its implicit subscriber.</summary>
internal sealed class DeliveryLoad(IGrainFactory grains, DeliveryLog log, BrokerProcess broker)
{
    private const int Publishers = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(1);

    private readonly IPublisherGrain[] publishers = [.. Enumerable.Range(0, Publishers).Select(number => grains.GetGrain<IPublisherGrain>($"steady-{number}"))];
    private long published;

    /// <param name="to">What the subscribers are, for the report.</param>
    /// <param name="rate">Events a second.</param>
    /// <param name="duration">For how long.</param>
    /// <param name="streamOf">The stream of an event, by its number.</param>
    public async Task<DeliveryFigures> MeasureAsync(string to, int rate, TimeSpan duration, Func<long, string> streamOf)
    {
        var count = (int)(rate * duration.TotalSeconds);
        var delivered = log.Expect(published, count);
        var (own, brokers) = (Environment.CpuUsage.TotalTime, broker.Cpu);
        var started = Stopwatch.GetTimestamp();
        await PublishAsync(count, rate, streamOf);
        var elapsed = Stopwatch.GetElapsedTime(started);
        try
        {
            await delivered.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new InvalidOperationException($"{log.Missing} of {count} events were not delivered within {Patience.TotalSeconds} s.");
        }

        var latencies = new Latencies(log.Ticks);
        return new DeliveryFigures
        {
            To = to,
            EventsPerSecond = count / elapsed.TotalSeconds,
            P50Milliseconds = latencies.P50Milliseconds,
            P99Milliseconds = latencies.P99Milliseconds,
            CpuMicroseconds = (Environment.CpuUsage.TotalTime - own).TotalMicroseconds / count,
            BrokerCpuMicroseconds = (broker.Cpu - brokers).TotalMicroseconds / count,
        };
    }

    /// <summary>Publishes whatever is due each millisecond, without waiting for acknowledgements in between.</summary>
    private async Task PublishAsync(int count, int rate, Func<long, string> streamOf)
    {
        var acknowledged = new List<Task>(count);
        using var timer = new PeriodicTimer(Pace);
        var started = Stopwatch.GetTimestamp();
        while (acknowledged.Count < count)
        {
            var due = Math.Min(count, (int)(Stopwatch.GetElapsedTime(started).TotalSeconds * rate));
            for (; acknowledged.Count < due; published++)
            {
                acknowledged.Add(publishers[published % Publishers].PublishAsync(streamOf(published), published));
            }

            await timer.WaitForNextTickAsync();
        }

        await Task.WhenAll(acknowledged);
    }
}
