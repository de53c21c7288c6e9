using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using Orleans.TestingHost;
using Recoup.Attention;
using Recoup.Events;
using Recoup.Grains.Tests.Clusters;
using Recoup.Webhooks;

namespace Recoup.Grains.Tests.Webhooks;

/// <summary>One silo with the webhook grains, storage that can fail, and fake payments.</summary>
internal sealed class WebhookCluster : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly InProcessTestCluster cluster;

    private WebhookCluster(InProcessTestCluster cluster) => this.cluster = cluster;

    public FlakyStorage Storage { get; private init; } = null!;

    public FakePayments Payments { get; private init; } = null!;

    public RecordedLog Log { get; private init; } = null!;

    public IGrainFactory Grains => cluster.Client;

    public static async Task<WebhookCluster> StartAsync()
    {
        var (storage, payments, log) = (new FlakyStorage(), new FakePayments(), new RecordedLog());
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddKeyedSingleton<IGrainStorage>("recoup", storage);
            silo.Services.AddSingleton<IOutgoingGrainCallFilter>(payments);
            silo.Services.AddSingleton<IEventPublisher>(log);
            silo.Services.AddWebhookInbox(new ConfigurationBuilder().Build());
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new WebhookCluster(cluster) { Storage = storage, Payments = payments, Log = log };
    }

    /// <summary>Delivers as the endpoint does; a failed call is the provider's to repeat.</summary>
    public async Task DeliverAsync(WebhookEvent received)
    {
        try
        {
            await InboxOf(received).ReceiveAsync(received);
        }
        catch (Exception exception) when (exception is IOException or OrleansException)
        {
            // Not acknowledged: the test delivers it again.
        }
    }

    public IWebhookInboxGrain InboxOf(WebhookEvent received) =>
        Grains.GetGrain<IWebhookInboxGrain>(WebhookKeys.Inbox(received.Provider, received.EventId, received.EventType));

    /// <summary>Waits until every event has been applied or kept; what fails is tried again by the grains themselves and by the attention sweep.</summary>
    public Task SettleAsync(IReadOnlyCollection<WebhookEvent> events, params WebhookStatus[] allowed) => Storage.UntilAsync(
        async () =>
        {
            foreach (var received in events)
            {
                var view = await InboxOf(received).GetAsync();
                if (view is null || !allowed.Append(WebhookStatus.Applied).Append(WebhookStatus.Kept).Contains(view.Status))
                {
                    return false;
                }
            }

            return true;
        },
        Patience);

    /// <summary>What the sweep does after a crash: calls every grain whose attention is due.</summary>
    public async Task SweepAsync()
    {
        foreach (var grainId in Storage.AttentionDue())
        {
            await Grains.GetGrain<IAttentive>(grainId).ResumeAsync();
        }
    }

    /// <summary>The payment that an alias stands for in the end.</summary>
    public async Task<FakePayment?> PaymentOfAsync(string alias)
    {
        var paymentId = await Grains.GetGrain<IPaymentAliasGrain>(alias).GetAsync();
        while (paymentId is not null)
        {
            var identity = await Grains.GetGrain<IPaymentIdentityGrain>(paymentId).EnsureAsync(DateTimeOffset.MaxValue, isOwn: false);
            if (identity.JoinedTo is null)
            {
                return Payments.Of(paymentId);
            }

            paymentId = identity.JoinedTo;
        }

        return null;
    }

    public static WebhookEvent Event(string provider, string json, DateTimeOffset? receivedAt = null)
    {
        var root = JsonDocument.Parse(json).RootElement;
        return new WebhookEvent
        {
            Provider = provider,
            EventId = root.GetProperty(provider == ProviderEvents.Square ? "event_id" : "id").GetString()!,
            EventType = root.GetProperty("type").GetString()!,
            Body = Encoding.UTF8.GetBytes(json),
            ReceivedAt = receivedAt ?? DateTimeOffset.UnixEpoch,
        };
    }

    public static ProviderEvent Read(WebhookEvent received) => ProviderEvents.Read(received, JsonDocument.Parse(received.Body).RootElement, "mer_test");

    public ValueTask DisposeAsync() => cluster.DisposeAsync();
}
