using Orleans.Streams;
using Orleans.Streams.Core;
using Recoup.Events.Bench.Load;
using Recoup.Events.Bench.Silo;

namespace Recoup.Events.Bench.Grains;

[Alias("recoup.bench-subscriber")]
public interface ISubscriberGrain : IGrainWithStringKey;

/// <summary>Notes when an event came; nobody subscribes it by hand.</summary>
[ImplicitStreamSubscription(MeasuredSilo.DeliveredTopic)]
internal sealed class SubscriberGrain(DeliveryLog log) : Grain, ISubscriberGrain, IStreamSubscriptionObserver, IAsyncObserver<BenchEvent>
{
    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) => handleFactory.Create<BenchEvent>().ResumeAsync(this);

    public Task OnNextAsync(BenchEvent item, StreamSequenceToken? token = null)
    {
        log.Came(item);
        return Task.CompletedTask;
    }

    public Task OnErrorAsync(Exception ex) => Task.FromException(ex);
}
