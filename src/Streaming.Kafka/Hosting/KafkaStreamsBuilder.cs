using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Recoup.Streaming.Kafka.Producing;
using Recoup.Streaming.Kafka.Records;

namespace Recoup.Streaming.Kafka.Hosting;

/// <summary>What a stream provider is made of; every call adds to it.</summary>
public sealed class KafkaStreamsBuilder
{
    private readonly OptionsBuilder<KafkaStreamOptions> options;
    private readonly OptionsBuilder<KafkaProducerOptions> producer;
    private readonly Action<Action<Orleans.Configuration.StreamPullingAgentOptions>> pulling;

    internal KafkaStreamsBuilder(
        string name,
        IServiceCollection services,
        OptionsBuilder<KafkaStreamOptions> options,
        OptionsBuilder<KafkaProducerOptions> producer,
        Action<Action<Orleans.Configuration.StreamPullingAgentOptions>> pulling)
    {
        Name = name;
        Services = services;
        this.options = options;
        this.producer = producer;
        this.pulling = pulling;
    }

    /// <summary>The provider's name, which is also the key of its <see cref="IKafkaProducer"/>.</summary>
    public string Name { get; }

    public IServiceCollection Services { get; }

    /// <summary>Sets options of the provider.</summary>
    public KafkaStreamsBuilder WithOptions(Action<KafkaStreamOptions> configure)
    {
        options.Configure(configure);
        return this;
    }

    /// <summary>Sets options of the provider with a service's help, such as a server whose port is known only when it has started.</summary>
    public KafkaStreamsBuilder WithOptions<TService>(Action<KafkaStreamOptions, TService> configure)
        where TService : class
    {
        options.Configure(configure);
        return this;
    }

    /// <summary>Sets options of the producer. Brokers, client id and pass-through settings are those of the provider.</summary>
    public KafkaStreamsBuilder WithProducer(Action<KafkaProducerOptions> configure)
    {
        producer.Configure(configure);
        return this;
    }

    /// <summary>Makes a topic the streams of a namespace.</summary>
    /// <typeparam name="TEvent">What the streams carry: publishers and subscribers use this type or one it can be assigned to. <see cref="KafkaRecord"/>: bytes.</typeparam>
    /// <param name="streamNamespace">The namespace of the streams, and the topic's name unless <paramref name="configure"/> sets another.</param>
    /// <param name="configure">Direction, serializer, and what the topic is created with.</param>
    public KafkaStreamsBuilder AddTopic<TEvent>(string streamNamespace, Action<KafkaTopicOptions>? configure = null)
    {
        var topic = new KafkaTopicOptions(streamNamespace, typeof(TEvent));
        configure?.Invoke(topic);
        options.Configure(settings => settings.Topics.Add(topic));
        return this;
    }

    /// <summary>Sets how JSON is written and read, and what the headers say.</summary>
    public KafkaStreamsBuilder WithJson(Action<JsonRecordOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var json = new JsonRecordOptions();
        configure(json);
        return WithSerializer(new JsonRecordSerializer(json));
    }

    /// <summary>Replaces JSON for all topics that have no serializer of their own.</summary>
    public KafkaStreamsBuilder WithSerializer(IKafkaRecordSerializer serializer)
    {
        Services.AddKeyedSingleton(Name, serializer);
        return this;
    }

    /// <summary>Sets options of the pulling agents: how long a delivery is tried again, how soon an idle stream is forgotten, ... Without effect on clients.</summary>
    public KafkaStreamsBuilder WithPullingAgents(Action<Orleans.Configuration.StreamPullingAgentOptions> configure)
    {
        pulling(configure);
        return this;
    }
}
