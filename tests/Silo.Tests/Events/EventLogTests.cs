using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Recoup.Events;
using Recoup.Payments;
using Recoup.Silo.Tests.Hosting;

namespace Recoup.Silo.Tests.Events;

/// <summary>The event log of a silo that runs as it does for everybody: what comes in through <c>payments.requests</c>, and what goes out.</summary>
[TestClass]
public sealed class EventLogTests
{
    private const string Body = """{"customer_id":"cus_k","merchant_id":"mer_k","amount_minor":4999,"currency":"USD","card_id":"card_k"}""";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static RunningSilo silo = null!;

    [ClassInitialize]
    public static async Task StartAsync(TestContext _) => silo = await RunningSilo.StartAsync();

    [ClassCleanup]
    public static async Task StopAsync() => await silo.DisposeAsync();

    private static string Servers => silo.Host.Settings.Kafka.TargetServers;

    [TestMethod]
    public async Task Request_Valid_IsSubmittedAndItsEventsFollow()
    {
        await ProduceAsync("mer_k:order-1", Body);

        var paymentId = PaymentIds.PaymentId("mer_k", "order-1");
        var charge = Consume(Topics.Charges, record => record.Message.Key == paymentId);
        using var value = JsonDocument.Parse(charge.Message.Value);
        Assert.AreEqual($"{paymentId}:1", value.RootElement.GetProperty("event_id").GetString());
        Assert.AreEqual(Header(charge, "event-type"), value.RootElement.GetProperty("event_type").GetString());
        Assert.AreEqual("1", Header(charge, "schema-version"));
        Assert.IsNotNull(await silo.Host.Grains.GetGrain<IPaymentGrain>(paymentId).GetAsync());
    }

    [TestMethod]
    public async Task Request_SameKeyOtherAmount_GoesToTheDeadLettersWithTheReason()
    {
        await ProduceAsync("mer_k:order-2", Body);
        await ProduceAsync("mer_k:order-2", Body.Replace("4999", "5000", StringComparison.Ordinal));

        var letter = Consume(Topics.DeadLetters, record => record.Message.Key == "mer_k:order-2");
        StringAssert.Contains(Header(letter, "dead-letter-reason"), "amount_minor");
        StringAssert.Contains(letter.Message.Value, "5000");
    }

    [TestMethod]
    public async Task Request_Unreadable_GoesToTheDeadLettersWithoutItsCardNumber()
    {
        await ProduceAsync("mer_k:order-3", Body.Replace("cus_k", "4242 4242 4242 4242", StringComparison.Ordinal));
        await ProduceAsync("mer_k:order-4", Body);

        var letter = Consume(Topics.DeadLetters, record => record.Message.Key == "mer_k:order-3");
        StringAssert.Contains(Header(letter, "dead-letter-reason"), "customer_id");
        Assert.DoesNotContain("4242", letter.Message.Value);
        var next = Consume(Topics.Charges, record => record.Message.Key == PaymentIds.PaymentId("mer_k", "order-4"));
        Assert.IsNotNull(next, "a bad record must not stall those behind it");
    }

    private static async Task ProduceAsync(string key, string value)
    {
        using var producer = new ProducerBuilder<string, string>(new ProducerConfig { BootstrapServers = Servers }).Build();
        await producer.ProduceAsync(Topics.Requests, new Message<string, string> { Key = key, Value = value });
    }

    /// <summary>The first such record of the topic.</summary>
    private static ConsumeResult<string, string> Consume(string topic, Func<ConsumeResult<string, string>, bool> isIt)
    {
        using var consumer = new ConsumerBuilder<string, string>(new ConsumerConfig { BootstrapServers = Servers, GroupId = Guid.NewGuid().ToString() }).Build();
        consumer.Assign(Enumerable.Range(0, 4).Select(partition => new TopicPartitionOffset(topic, partition, Offset.Beginning)));
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var record = consumer.Consume(patience.Token);
            if (isIt(record))
            {
                consumer.Close();
                return record;
            }
        }
    }

    private static string Header(ConsumeResult<string, string> record, string name) => Encoding.UTF8.GetString(record.Message.Headers.GetLastBytes(name));
}
