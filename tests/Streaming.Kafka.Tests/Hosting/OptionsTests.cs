using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Recoup.Streaming.Kafka.Hosting;
using Recoup.Streaming.Kafka.Producing;
using Recoup.Streaming.Kafka.Records;
using Recoup.Streaming.Kafka.Tests.Clusters;
using Recoup.Streaming.Kafka.Tests.Streams;

namespace Recoup.Streaming.Kafka.Tests.Hosting;

[TestClass]
public sealed class OptionsTests
{
    [TestMethod]
    public async Task Start_NoBrokers_SaysWhichSetting() => StringAssert.Contains(
        await StartAsync(streams => streams.AddTopic<KafkaRecord>("a")), "BootstrapServers is empty");

    [TestMethod]
    public async Task Start_NoTopic_SaysHowToNameOne() => StringAssert.Contains(await StartAsync(Brokers), "AddTopic<TEvent>");

    [TestMethod]
    public async Task Start_ReadingWithoutDeadLetters_SaysWhatToDo() => StringAssert.Contains(
        await StartAsync(streams => Brokers(streams).AddTopic<KafkaRecord>("a")), "DeadLetterTopic is empty although topics are read");

    [TestMethod]
    public async Task Start_SettingThatTheGuaranteesRestOn_IsRefusedByName() => StringAssert.Contains(
        await StartAsync(streams => Good(streams).WithOptions(options => options.Settings["auto.offset.reset"] = "latest")),
        "must not contain 'auto.offset.reset'");

    [TestMethod]
    public async Task Start_ProducerSettingThatTheGuaranteesRestOn_IsRefusedByName() => StringAssert.Contains(
        await StartAsync(streams => Good(streams).WithOptions(options => options.Settings["acks"] = "1")), "must not contain 'acks'");

    [TestMethod]
    public async Task Start_ValueOutOfRange_SaysTheRange() => StringAssert.Contains(
        await StartAsync(streams => Good(streams).WithOptions(options => options.CacheRecords = 0)), "CacheRecords must be between 1 and 1000000");

    [TestMethod]
    public async Task Start_ProducerValueOutOfRange_SaysTheRange() => StringAssert.Contains(
        await StartAsync(streams => Good(streams).WithProducer(options => options.InFlightMax = 0)), "InFlightMax must be between");

    [TestMethod]
    public async Task Start_TwoTopicsOfOneNamespace_IsRefused() => StringAssert.Contains(
        await StartAsync(streams => Good(streams).AddTopic<KafkaRecord>("a", topic => topic.Topic = "b")), "Stream namespace 'a' has 2 topics");

    [TestMethod]
    public async Task Start_BadTopicName_IsRefused() => StringAssert.Contains(
        await StartAsync(streams => Good(streams).AddTopic<KafkaRecord>("b", topic => topic.Topic = "no spaces")), "'no spaces' is no name for a topic");

    [TestMethod]
    public async Task Start_TopicIsItsOwnDeadLetters_IsRefused() => StringAssert.Contains(
        await StartAsync(streams => Good(streams).AddTopic<KafkaRecord>("dead")), "its dead letters would come back");

    [TestMethod]
    public async Task Start_BatchesOfContainers_AreRefusedWithTheReason()
    {
        await using var fixture = new ReadingFixture();

        var exception = await Assert.ThrowsAsync<Exception>(
            () => fixture.StartSilosAsync(configure: streams => streams.WithPullingAgents(agents => agents.BatchContainerBatchSize = 5)));

        StringAssert.Contains(exception.ToString(), "BatchContainerBatchSize is 5");
    }

    [TestMethod]
    public async Task Start_TopicThatDoesNotExist_SaysSo()
    {
        await using var fixture = new ReadingFixture();

        var exception = await Assert.ThrowsAsync<Exception>(
            () => fixture.StartSilosAsync(configure: streams => streams.AddTopic<KafkaRecord>("missing")));

        StringAssert.Contains(exception.ToString(), "have no topic 'missing'");
    }

    [TestMethod]
    public async Task Start_TopicThatDoesNotExistAndMayBeCreated_CreatesIt()
    {
        await using var fixture = new ReadingFixture();
        await using var silo = await fixture.StartSilosAsync(configure: streams => streams
            .WithOptions(options => options.CreateTopics = true)
            .AddTopic<KafkaRecord>("fresh", topic => topic.Partitions = 3));

        var provider = silo.Client.ServiceProvider;
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = fixture.BootstrapServers }).Build();

        Assert.HasCount(3, admin.GetMetadata("fresh", TimeSpan.FromSeconds(10)).Topics[0].Partitions);
    }

    [TestMethod]
    public void AddKafkaProducer_Alone_IsAKeyedService()
    {
        using var kafka = new MockCluster();
        using var services = new ServiceCollection().AddLogging().AddKafkaProducer("log", options => options.BootstrapServers = kafka.BootstrapServers)
            .BuildServiceProvider();

        Assert.IsNotNull(services.GetRequiredKeyedService<IKafkaProducer>("log"));
    }

    private static KafkaStreamsBuilder Brokers(KafkaStreamsBuilder streams) => streams.WithOptions(options => options.BootstrapServers = "127.0.0.1:1");

    private static KafkaStreamsBuilder Good(KafkaStreamsBuilder streams) =>
        Brokers(streams).WithOptions(options => options.DeadLetterTopic = "dead").AddTopic<KafkaRecord>("a");

    /// <summary>The message with which a host refuses to start.</summary>
    private static async Task<string> StartAsync(Action<KafkaStreamsBuilder> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering();
            configure(silo.AddKafka("kafka"));
        });
        using var host = builder.Build();
        return (await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync())).Message;
    }

    private static Task<string> StartAsync(Func<KafkaStreamsBuilder, KafkaStreamsBuilder> configure) => StartAsync(streams => { configure(streams); });
}
