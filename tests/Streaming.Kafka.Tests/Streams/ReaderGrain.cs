using Orleans;
using Orleans.Runtime;
using Orleans.Streams;
using Orleans.Streams.Core;
using Recoup.Streaming.Kafka.Tests.Clusters;

namespace Recoup.Streaming.Kafka.Tests.Streams;

[Alias("test.reader")]
public interface IReaderGrain : IGrainWithStringKey;

/// <summary>Is subscribed to every stream of the namespace <c>notes</c> and writes down what it is given.</summary>
[ImplicitStreamSubscription("notes")]
public sealed class ReaderGrain : Grain, IReaderGrain, IStreamSubscriptionObserver, IAsyncObserver<NoteWritten>
{
    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) => handleFactory.Create<NoteWritten>().ResumeAsync(this);

    public Task OnNextAsync(NoteWritten item, StreamSequenceToken? token = null) =>
        Journal.NoteAsync(this.GetPrimaryKeyString(), item.Text, token!.SequenceNumber);

    public Task OnErrorAsync(Exception ex) => Task.CompletedTask;
}
