using System.Text;
using Recoup.Webhooks;

namespace Recoup.Grains.Tests.Webhooks;

/// <summary>A provider's event goes to its topic as it came, and leaves the inbox when that and its effect are done.</summary>
[TestClass]
public sealed class WebhookPublishingTests
{
    private static readonly WebhookEvent Unknown = new()
    {
        Provider = "stripe",
        EventId = "evt_1",
        EventType = "radar.early_fraud_warning.created",
        Body = Encoding.UTF8.GetBytes("{ \"id\":\"evt_1\",  \"b\":[1, 2 ] }\n"),
        ReceivedAt = DateTimeOffset.UnixEpoch,
    };

    [TestMethod]
    public async Task Receive_AnyEvent_IsPublishedByteForByteAndItsBodyDropped()
    {
        await using var cluster = await WebhookCluster.StartAsync();

        await cluster.DeliverAsync(Unknown);
        await UntilAsync(cluster, state => state.IsPublished);

        var record = cluster.Log.Events.Single();
        Assert.AreEqual(("providers.stripe", "evt_1", Unknown.EventType), (record.Topic, record.Key, record.EventType));
        CollectionAssert.AreEqual(Unknown.Body.ToArray(), record.Value);
        Assert.IsTrue(Stored(cluster).Event!.Body.IsEmpty, "the body has left the inbox");
        Assert.AreEqual(WebhookReceipt.Duplicate, await cluster.InboxOf(Unknown).ReceiveAsync(Unknown));
    }

    [TestMethod]
    public async Task Receive_LogIsDown_EffectFollowsAndTheEventIsPublishedLater()
    {
        await using var cluster = await WebhookCluster.StartAsync();
        cluster.Log.IsDown = true;

        await cluster.DeliverAsync(Unknown);
        await UntilAsync(cluster, state => state is { Status: WebhookStatus.Kept, AttentionAt: not null });
        cluster.Log.IsDown = false;
        await cluster.InboxOf(Unknown).ResumeAsync();

        Assert.HasCount(1, cluster.Log.Events);
    }

    private static WebhookState Stored(WebhookCluster cluster) => cluster.Storage.All<WebhookState>("webhook").Single();

    private static Task UntilAsync(WebhookCluster cluster, Func<WebhookState, bool> condition) =>
        cluster.Storage.UntilAsync(() => Task.FromResult(condition(Stored(cluster))), TimeSpan.FromSeconds(30));
}
