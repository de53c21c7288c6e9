using CsCheck;
using Recoup.Payments;
using Recoup.Webhooks;

namespace Recoup.Grains.Tests.Webhooks;

/// <summary>The events of one payment come in any order, more than once, at the same time, and with crashes in between: the end is the same.</summary>
[TestClass]
public sealed class AnyOrderTests
{
    private static int stories;

    [TestMethod]
    public async Task Receive_EventsOfOnePaymentInAnyOrderAndTwice_TellOnePaymentTheSameFacts()
    {
        await using var cluster = await WebhookCluster.StartAsync();
        await Deliveries.SampleAsync(async delivery =>
        {
            var (story, events) = Tagged(delivery);
            foreach (var received in events)
            {
                await cluster.DeliverAsync(received);
            }

            await AssertOneEndAsync(cluster, story, events);
        }, iter: 60, threads: 1);
    }

    [TestMethod]
    public async Task Receive_EventsOfOnePaymentAllAtOnce_TellOnePaymentTheSameFacts()
    {
        await using var cluster = await WebhookCluster.StartAsync();
        await Deliveries.SampleAsync(async delivery =>
        {
            var (story, events) = Tagged(delivery);
            await Task.WhenAll(events.Select(cluster.DeliverAsync));
            await AssertOneEndAsync(cluster, story, events);
        }, iter: 60, threads: 1);
    }

    [TestMethod]
    public async Task Receive_StorageGoneAfterAnyWrite_EndsTheSameOnceItIsBack()
    {
        await using var cluster = await WebhookCluster.StartAsync();
        await Gen.Select(Deliveries, Gen.Int[0, 30]).SampleAsync(async (delivery, writes) =>
        {
            var (story, events) = Tagged(delivery);
            cluster.Storage.FailAfter(writes);
            await Task.WhenAll(events.Select(cluster.DeliverAsync));
            cluster.Storage.Revive();

            // What was not acknowledged is delivered again by the provider; what was, is found by the sweep.
            await Task.WhenAll(events.Select(cluster.DeliverAsync));
            await cluster.SweepAsync();
            await AssertOneEndAsync(cluster, story, events);
        }, iter: 60, threads: 1);
    }

    /// <summary>A story and the order in which its events come, some of them twice.</summary>
    private static Gen<(StripeStory Story, int[] Order)> Deliveries { get; } =
        from story in StripeStory.Gen
        let count = story.Events().Count
        from twice in Gen.Int[0, count - 1].Array[0, 3]
        from order in Gen.Shuffle(Enumerable.Range(0, count).Concat(twice).ToArray())
        select (story, order);

    private static (StripeStory Story, IReadOnlyList<WebhookEvent> Events) Tagged((StripeStory Story, int[] Order) delivery)
    {
        var story = delivery.Story with { Tag = $"s{Interlocked.Increment(ref stories)}" };
        var all = story.Events();
        return (story, [.. delivery.Order.Select(index => all[index])]);
    }

    private static async Task AssertOneEndAsync(WebhookCluster cluster, StripeStory story, IReadOnlyList<WebhookEvent> delivered)
    {
        // An invoice of a newer API version that nothing links to its payment intent yet is a payment of its own until something does.
        var events = delivered.DistinctBy(received => received.EventId).ToArray();
        await cluster.SettleAsync(events);
        var payments = new List<FakePayment>();
        foreach (var alias in story.Aliases)
        {
            payments.Add(await cluster.PaymentOfAsync(alias) ?? throw new AssertFailedException($"{alias} names no payment."));
        }

        var payment = payments.Distinct().Single();
        var expected = events.SelectMany(received => WebhookCluster.Read(received).Facts).Select(fact => fact.SourceEvent).Order(StringComparer.Ordinal);
        CollectionAssert.AreEqual(expected.ToArray(), payment.Facts.Keys.Order(StringComparer.Ordinal).ToArray());
        Assert.IsFalse(cluster.Payments.Opened.Any(other => other.WasToldTooLate), "A payment was told of a fact after it had been joined to another one.");

        var attempts = payment.State.Attempts;
        Assert.HasCount(story.Declines + (story.Succeeds ? 1 : 0), attempts, "Every charge is one attempt.");
        Assert.AreEqual(story.Succeeds ? 1 : 0, attempts.Count(attempt => attempt.Outcome == AttemptOutcome.Succeeded));
        Assert.HasCount(story.Refunds, payment.State.Refunds);
    }
}
