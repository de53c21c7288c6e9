using Microsoft.Extensions.DependencyInjection;
using Orleans.Streams;
using Orleans.Streams.Core;
using Recoup.Streaming.Kafka.Streams;
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

[Alias("test.rewinder")]
public interface IRewinderGrain : IGrainWithStringKey
{
    /// <summary>Reads the stream of this key again from an offset or a time on.</summary>
    [Alias("rewind")]
    Task RewindAsync(long? offset, DateTimeOffset? time);
}

/// <summary>Subscribes to streams of <c>archive</c> when it is told from where.</summary>
public sealed class RewinderGrain(
    [FromKeyedServices(SiloFixture.Provider)] IKafkaStreamPositions positions) : Grain, IRewinderGrain, IAsyncObserver<NoteWritten>
{
    public async Task RewindAsync(long? offset, DateTimeOffset? time)
    {
        var stream = this.GetStreamProvider(SiloFixture.Provider).GetStream<NoteWritten>(StreamId.Create("archive", this.GetPrimaryKeyString()));
        var token = offset is { } wanted
            ? await positions.AtOffsetAsync(stream.StreamId, wanted)
            : await positions.AtTimeAsync(stream.StreamId, time!.Value);
        await stream.SubscribeAsync(this, token);
        await positions.WakeAsync(stream.StreamId);
    }

    public Task OnNextAsync(NoteWritten item, StreamSequenceToken? token = null) =>
        Journal.NoteAsync(this.GetPrimaryKeyString(), item.Text, token!.SequenceNumber);

    public Task OnErrorAsync(Exception ex) => Task.CompletedTask;
}
