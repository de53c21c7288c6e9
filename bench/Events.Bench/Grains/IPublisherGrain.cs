namespace Recoup.Events.Bench.Grains;

[Alias("recoup.bench-publisher")]
public interface IPublisherGrain : IGrainWithStringKey
{
    /// <summary>Activates the grain.</summary>
    [Alias("wake")]
    Task WakeAsync();

    /// <summary>Publishes to the grain's own stream, one awaited call after the other.</summary>
    /// <param name="until">When no new call is made any more, on the machine's monotonic clock.</param>
    /// <param name="batch">Events of each call.</param>
    /// <returns>How long each call took, in ticks of that clock.</returns>
    [Alias("publish-until")]
    Task<long[]> PublishUntilAsync(long until, int batch);

    /// <summary>Publishes one event to a stream that is subscribed to.</summary>
    [Alias("publish")]
    Task PublishAsync(string streamKey, long number);
}
