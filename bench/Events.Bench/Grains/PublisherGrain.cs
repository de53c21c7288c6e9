using System.Diagnostics;
using Orleans.Concurrency;
using Orleans.Streams;
using Recoup.Events.Bench.Silo;

namespace Recoup.Events.Bench.Grains;

/// <summary>Reentrant, so that a slow acknowledgement does not hold up the next event of a steady rate.</summary>
[Reentrant]
internal sealed class PublisherGrain : Grain, IPublisherGrain
{
    public Task WakeAsync() => Task.CompletedTask;

    public async Task<long[]> PublishUntilAsync(long until, int batch)
    {
        var stream = Stream(MeasuredSilo.PublishedTopic, this.GetPrimaryKeyString());
        var ticks = new List<long>();
        for (long number = 0, before; (before = Stopwatch.GetTimestamp()) < until; number += batch)
        {
            if (batch == 1)
            {
                await stream.OnNextAsync(new BenchEvent { Number = number });
            }
            else
            {
                await stream.OnNextBatchAsync(Enumerable.Range(0, batch).Select(index => new BenchEvent { Number = number + index }).ToArray());
            }

            ticks.Add(Stopwatch.GetTimestamp() - before);
        }

        return [.. ticks];
    }

    public Task PublishAsync(string streamKey, long number) =>
        Stream(MeasuredSilo.DeliveredTopic, streamKey).OnNextAsync(new BenchEvent { Number = number, PublishedAt = Stopwatch.GetTimestamp() });

    private IAsyncStream<BenchEvent> Stream(string streamNamespace, string key) =>
        this.GetStreamProvider(MeasuredSilo.Provider).GetStream<BenchEvent>(StreamId.Create(streamNamespace, key));
}
