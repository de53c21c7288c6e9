using System.Text.Json;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Recoup.Embedded.Kafka.Hosting;

namespace Recoup.Embedded.Kafka.Tests.Clients;

/// <summary>librdkafka through Confluent.Kafka, the client that applications use.</summary>
[TestClass]
public sealed class ConfluentTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [TestMethod]
    [DataRow(CompressionType.None)]
    [DataRow(CompressionType.Gzip)]
    [DataRow(CompressionType.Snappy)]
    [DataRow(CompressionType.Lz4)]
    [DataRow(CompressionType.Zstd)]
    public async Task Records_ProducedWithEachCodec_ComeBackAsTheyWere(CompressionType codec)
    {
        using var folder = new TemporaryFolder();
        await using var broker = Start(folder);
        using (var producer = new ProducerBuilder<string, string>(new ProducerConfig { BootstrapServers = broker.Address, EnableIdempotence = true, CompressionType = codec, LingerMs = 5 }).Build())
        {
            await Task.WhenAll(Enumerable.Range(0, 200).Select(index => producer.ProduceAsync("t", new Message<string, string>
            {
                Key = $"key {index % 5}",
                Value = index % 7 == 0 ? null! : $"value {index} {new string('x', 100)}",
                Headers = [new Header("n", BitConverter.GetBytes(index))],
            })));
        }

        var seen = Consume(broker, "t", "g", 200);

        foreach (var ofKey in seen.GroupBy(record => record.Message.Key))
        {
            var order = ofKey.Select(record => BitConverter.ToInt32(record.Message.Headers[0].GetValueBytes())).ToArray();
            CollectionAssert.AreEqual(order.Order().ToArray(), order, "order of one key");
        }

        Assert.HasCount(200, seen.Select(record => BitConverter.ToInt32(record.Message.Headers[0].GetValueBytes())).Distinct());
        Assert.IsTrue(seen.All(record => BitConverter.ToInt32(record.Message.Headers[0].GetValueBytes()) % 7 == 0 == (record.Message.Value is null)), "tombstones");
    }

    [TestMethod]
    public async Task Group_WithCommits_GoesOnWhereItWas()
    {
        using var folder = new TemporaryFolder();
        await using var broker = Start(folder);
        await ProduceAsync(broker, "t", 0, 50);
        Assert.HasCount(50, Consume(broker, "t", "g", 50));
        await ProduceAsync(broker, "t", 50, 20);

        var rest = Consume(broker, "t", "g", 20);

        CollectionAssert.AreEquivalent(Enumerable.Range(50, 20).Select(index => $"{index}").ToArray(), rest.Select(record => record.Message.Value).ToArray());
    }

    [TestMethod]
    public async Task Administration_OfTopicsGroupsAndOffsets_Works()
    {
        using var folder = new TemporaryFolder();
        await using var broker = Start(folder);
        await ProduceAsync(broker, "t", 0, 10);
        Consume(broker, "t", "g", 10);
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = broker.Address }).Build();

        await admin.CreateTopicsAsync([new TopicSpecification { Name = "made", NumPartitions = 3, ReplicationFactor = 1, Configs = new() { ["retention.ms"] = "60000" } }]);
        var refused = await Assert.ThrowsExactlyAsync<CreateTopicsException>(() => admin.CreateTopicsAsync([new TopicSpecification { Name = "compacted", NumPartitions = 1, Configs = new() { ["cleanup.policy"] = "compact" } }]));
        StringAssert.Contains(refused.Results[0].Error.Reason, "not supported");
        Assert.HasCount(3, admin.GetMetadata("made", Patience).Topics[0].Partitions);
        Assert.Contains("g", admin.ListGroups(Patience).Select(group => group.Group));
        Assert.Contains("g", (await admin.ListConsumerGroupsAsync()).Valid.Select(group => group.GroupId));
        Assert.AreEqual(ConsumerGroupState.Empty, (await admin.DescribeConsumerGroupsAsync(["g"])).ConsumerGroupDescriptions[0].State);
        var committed = await admin.ListConsumerGroupOffsetsAsync([new ConsumerGroupTopicPartitions("g", null)]);
        Assert.AreEqual(10, committed[0].Partitions.Sum(partition => partition.Offset.Value));
        var configs = await admin.DescribeConfigsAsync([new ConfigResource { Type = ResourceType.Topic, Name = "made" }]);
        Assert.AreEqual("60000", configs[0].Entries["retention.ms"].Value);
        await admin.DeleteTopicsAsync(["made"]);
        Assert.AreEqual(ErrorCode.UnknownTopicOrPart, admin.GetMetadata(Patience).Topics.FirstOrDefault(topic => topic.Topic == "made")?.Error.Code ?? ErrorCode.UnknownTopicOrPart);
    }

    [TestMethod]
    public async Task OffsetsForTimes_OverPartitions_FindTheFirstRecordAfter()
    {
        using var folder = new TemporaryFolder();
        await using var broker = Start(folder);
        using var producer = new ProducerBuilder<Null, string>(new ProducerConfig { BootstrapServers = broker.Address }).Build();
        var begin = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        for (var hour = 0; hour < 10; hour++)
        {
            await producer.ProduceAsync(new TopicPartition("t", 1), new Message<Null, string> { Value = "v", Timestamp = new Timestamp(begin.AddHours(hour)) });
        }

        using var consumer = NewConsumer(broker, "g");
        var found = consumer.OffsetsForTimes([new TopicPartitionTimestamp("t", 1, new Timestamp(begin.AddHours(3.5)))], Patience);

        Assert.AreEqual(4, found[0].Offset.Value);
        var ends = consumer.QueryWatermarkOffsets(new TopicPartition("t", 1), Patience);
        Assert.AreEqual((0L, 10L), (ends.Low.Value, ends.High.Value));
    }

    [TestMethod]
    public async Task Transactions_AreRefusedAtOnce()
    {
        using var folder = new TemporaryFolder();
        await using var broker = Start(folder);
        using var producer = new ProducerBuilder<Null, string>(new ProducerConfig { BootstrapServers = broker.Address, TransactionalId = "tx" }).Build();

        var refused = Assert.ThrowsExactly<KafkaException>(() => producer.InitTransactions(Patience));

        Assert.AreEqual(ErrorCode.TransactionalIdAuthorizationFailed, refused.Error.Code);
    }

    [TestMethod]
    [TestCategory("Golden")]
    public async Task Keys_PartitionedByTheJavaClient_LandThereHereToo()
    {
        var golden = SharedData.Path("golden", "kafka", "partitioner.jsonl");
        using var folder = new TemporaryFolder();
        await using var broker = Start(folder, ("p4", 4), ("p12", 12));
        var config = new ProducerConfig { BootstrapServers = broker.Address, Partitioner = Partitioner.Murmur2, LingerMs = 5 };
        using var producer = new ProducerBuilder<byte[], Null>(config).Build();
        foreach (var partitions in new[] { "4", "12" })
        {
            var sends = File.ReadLines(golden).Select(line => JsonDocument.Parse(line).RootElement).Select(async entry =>
            {
                var key = entry.TryGetProperty("key", out var text) ? System.Text.Encoding.UTF8.GetBytes(text.GetString()!) : entry.GetProperty("base64").GetBytesFromBase64();
                var sent = await producer.ProduceAsync($"p{partitions}", new Message<byte[], Null> { Key = key });
                Assert.AreEqual(entry.GetProperty("partition").GetProperty(partitions).GetInt32(), sent.Partition.Value, entry.ToString());
            });
            await Task.WhenAll(sends);
        }
    }

    private static EmbeddedKafkaServer Start(TemporaryFolder folder, params (string Name, int Partitions)[] topics)
    {
        var options = new EmbeddedKafkaOptions { DataFolder = folder.File("data"), Port = 0, Topics = { ["t"] = 4 } };
        foreach (var (name, partitions) in topics)
        {
            options.Topics[name] = partitions;
        }

        return EmbeddedKafkaServer.Start(options);
    }

    private static IConsumer<string, string> NewConsumer(EmbeddedKafkaServer broker, string group) =>
        new ConsumerBuilder<string, string>(new ConsumerConfig { BootstrapServers = broker.Address, GroupId = group, AutoOffsetReset = AutoOffsetReset.Earliest, EnableAutoCommit = false }).Build();

    private static async Task ProduceAsync(EmbeddedKafkaServer broker, string topic, int first, int count)
    {
        using var producer = new ProducerBuilder<string, string>(new ProducerConfig { BootstrapServers = broker.Address }).Build();
        await Task.WhenAll(Enumerable.Range(first, count).Select(index => producer.ProduceAsync(topic, new Message<string, string> { Key = $"{index}", Value = $"{index}" })));
    }

    private static List<ConsumeResult<string, string>> Consume(EmbeddedKafkaServer broker, string topic, string group, int count)
    {
        using var consumer = NewConsumer(broker, group);
        consumer.Subscribe(topic);
        var seen = new List<ConsumeResult<string, string>>();
        while (seen.Count < count)
        {
            seen.Add(consumer.Consume(Patience) ?? throw new InvalidOperationException($"only {seen.Count} of {count} records came"));
        }

        consumer.Commit();
        consumer.Close();
        return seen;
    }
}
