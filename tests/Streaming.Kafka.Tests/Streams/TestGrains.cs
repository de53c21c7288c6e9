using Recoup.Streaming.Kafka.Records;
using Recoup.Streaming.Kafka.Tests.Clusters;

namespace Recoup.Streaming.Kafka.Tests.Streams;

/// <summary>An event that Orleans cannot serialise: it travels as a record.</summary>
public sealed record NoteWritten(string Text);

[Alias("test.publisher")]
public interface IPublisherGrain : IGrainWithStringKey
{
    [Alias("publish")]
    Task PublishAsync(string[] texts);

    [Alias("publish-bytes")]
    Task PublishBytesAsync(byte[] bytes);
}

public sealed class PublisherGrain : Grain, IPublisherGrain
{
    public Task PublishAsync(string[] texts)
    {
        var stream = this.GetStreamProvider(SiloFixture.Provider).GetStream<NoteWritten>(StreamId.Create("notes", this.GetPrimaryKeyString()));
        return stream.OnNextBatchAsync(texts.Select(text => new NoteWritten(text)));
    }

    public Task PublishBytesAsync(byte[] bytes)
    {
        var stream = this.GetStreamProvider(SiloFixture.Provider).GetStream<KafkaRecord>(StreamId.Create("hooks", this.GetPrimaryKeyString()));
        return stream.OnNextAsync(new KafkaRecord { Value = bytes });
    }
}
