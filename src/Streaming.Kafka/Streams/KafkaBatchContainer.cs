using Microsoft.Extensions.DependencyInjection;
using Orleans.Streams;
using Recoup.Streaming.Kafka.Consuming;
using Recoup.Streaming.Kafka.Records;
using Recoup.Streaming.Kafka.Telemetry;

namespace Recoup.Streaming.Kafka.Streams;

/// <summary>One record on its way to its subscribers. Between silos it travels as bytes, so events need no serializer of Orleans.</summary>
[GenerateSerializer, Immutable, Alias("recoup.kafka.batch"), SerializationCallbacks(typeof(KafkaBatchContainerHooks))]
internal sealed class KafkaBatchContainer(string provider, StreamId streamId, KafkaSequenceToken token, KafkaRecord record) : IBatchContainer
{
    [NonSerialized]
    private RecordDecoder? decoder;

    [NonSerialized]
    private object? decoded;

    [Id(0)]
    public string Provider { get; } = provider;

    [Id(1)]
    public StreamId StreamId { get; } = streamId;

    [Id(2)]
    public KafkaSequenceToken Token { get; } = token;

    [Id(3)]
    public KafkaRecord Record { get; } = record;

    public StreamSequenceToken SequenceToken => Token;

    /// <summary>What the committed offset waits for; null once it has travelled, and in a rewind.</summary>
    [field: NonSerialized]
    public ReadOffset? Progress { get; init; }

    /// <summary>Refused to the end, and not yet among the dead letters.</summary>
    [field: NonSerialized]
    public bool IsUndelivered { get; set; }

    /// <summary>A container without a record, which only tells the agent to look at a stream again.</summary>
    [field: NonSerialized]
    public bool IsWakeUp { get; init; }

    /// <param name="with">Who reads the record.</param>
    /// <param name="streamEvent">The event when it has been read already; handed out once, because subscribers must not share an object.</param>
    public KafkaBatchContainer Bind(RecordDecoder with, object? streamEvent = null)
    {
        decoder = with;
        decoded = streamEvent;
        return this;
    }

    public IEnumerable<Tuple<T, StreamSequenceToken>> GetEvents<T>()
    {
        var reader = decoder ?? throw new InvalidOperationException("The record was not bound to a stream provider.");
        var streamEvent = Interlocked.Exchange(ref decoded, null) ?? reader.Decode(StreamId, Record);
        if (streamEvent is not T wanted)
        {
            throw new InvalidCastException($"The subscription expects {typeof(T)}, and the topic of {StreamId.GetNamespace()} carries {streamEvent.GetType()}.");
        }

        // The enumerator runs in the subscriber's call and rests while the event is handled: the activity spans exactly that.
        using var activity = KafkaTracing.StartDelivery(StreamId, Record);
        yield return Tuple.Create(wanted, (StreamSequenceToken)Token);
    }

    public bool ImportRequestContext() => false;
}

/// <summary>Gives a container that came from another silo the provider of this one.</summary>
internal sealed class KafkaBatchContainerHooks(IServiceProvider services)
{
    public void OnDeserialized(KafkaBatchContainer container) => container.Bind(services.GetKeyedService<RecordDecoder>(container.Provider)
        ?? throw new InvalidOperationException($"Stream provider '{container.Provider}' is not registered here (AddKafka)."));
}
