using Recoup.Events.Bench.Grains;
using Recoup.Events.Bench.Reporting;
using Recoup.Kafka.Bench;

namespace Recoup.Events.Bench.Load;

/// <summary>Grains that publish to streams of their own and await each acknowledgement.</summary>
internal static class GrainLoad
{
    public static async Task<PublishFigures> MeasureAsync(IGrainFactory grains, BrokerProcess broker, Shape shape, TimeSpan duration)
    {
        var publishers = Enumerable.Range(0, shape.Publishers).Select(number => grains.GetGrain<IPublisherGrain>($"publisher-{number}")).ToArray();
        await Task.WhenAll(publishers.Select(static publisher => publisher.WakeAsync()));
        return await Measured.RunAsync(broker, shape.Batch, duration, until =>
            Task.WhenAll(publishers.Select(publisher => publisher.PublishUntilAsync(until, shape.Batch))));
    }
}
