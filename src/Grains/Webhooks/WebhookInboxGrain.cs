using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recoup.Customers;
using Recoup.Events;
using Recoup.Gateways.Stripe;

namespace Recoup.Webhooks;

/// <inheritdoc cref="IWebhookInboxGrain"/>
/// <remarks>
/// The event is saved, the call answers, and a timer of the grain applies it at once and then publishes it as it came. When this process ends in between,
/// attention is due shortly after. Every step may be repeated: aliases are written once, facts are applied once by their source event, and readers of the
/// log know an event by its id.
/// </remarks>
public sealed partial class WebhookInboxGrain(
    [PersistentState("webhook", "recoup")] IPersistentState<WebhookState> store,
    IEventPublisher events,
    IOptions<StripeMerchantOptions> options,
    TimeProvider time,
    ILogger<WebhookInboxGrain> logger) : Grain, IWebhookInboxGrain
{
    /// <summary>Wall time after which an event that was saved and not applied is looked at again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan BackoffMax = TimeSpan.FromMinutes(5);

    private PaymentResolver Resolver => new(GrainFactory);
    private IGrainTimer? timer;

    private string Key => this.GetPrimaryKeyString();

    public async Task<WebhookReceipt> ReceiveAsync(WebhookEvent received)
    {
        if (store.State.Event is not null)
        {
            return WebhookReceipt.Duplicate;
        }

        await store.SaveAsync(new WebhookState { Event = received, Status = WebhookStatus.Received, AttentionAt = time.GetUtcNow() + Patience });
        ApplyAfter(TimeSpan.Zero);
        return WebhookReceipt.Accepted;
    }

    public Task<WebhookView?> GetAsync() => Task.FromResult(store.State.Event is { } received
        ? new WebhookView
        {
            EventType = received.EventType,
            ReceivedAt = received.ReceivedAt,
            Status = store.State.Status,
            PaymentId = store.State.PaymentId,
            Note = store.State.Note,
        }
        : null);

    public Task ResumeAsync() =>
        store.State is { Event: not null } and ({ Status: WebhookStatus.Received } or { IsPublished: false }) ? ApplyAsync() : Task.CompletedTask;

    public async Task WakeAsync(string paymentId)
    {
        if (store.State.Status == WebhookStatus.Waiting)
        {
            await ApplyAsync();
        }

        // Applied, or waiting at another payment that it turned out to belong to: it no longer waits where the call came from.
        if (store.State.Status is WebhookStatus.Applied or WebhookStatus.Kept || (store.State.Status == WebhookStatus.Waiting && store.State.PaymentId != paymentId))
        {
            await GrainFactory.GetGrain<IPaymentIdentityGrain>(paymentId).ForgetAsync(Key);
        }
    }

    private async Task ApplyAsync()
    {
        timer?.Dispose();
        timer = null;
        if (store.State.Event is not { } received)
        {
            return;
        }

        try
        {
            var applied = store.State.Status is WebhookStatus.Applied or WebhookStatus.Kept ? store.State : await ApplyAsync(received);
            await PublishAsync(received, applied);
        }
        catch (Exception exception)
        {
            // A grain or the storage did not answer. Nothing is lost: every step may be repeated.
            await TryAgainLaterAsync(exception, store.State with { Status = WebhookStatus.Received });
        }
    }

    /// <summary>The effect never waits for the log: when that does not answer, the effect is saved and publishing is tried again.</summary>
    private async Task PublishAsync(WebhookEvent received, WebhookState applied)
    {
        try
        {
            if (!applied.IsPublished)
            {
                await events.PublishAsync([Raw(received)]);
            }
        }
        catch (Exception exception)
        {
            await TryAgainLaterAsync(exception, applied);
            return;
        }

        var isDone = applied.Status is WebhookStatus.Applied or WebhookStatus.Kept;
        await store.SaveAsync(applied with
        {
            Event = isDone ? received with { Body = default } : received,
            IsPublished = true,
            Failures = 0,
            AttentionAt = null,
        });
    }

    private static OutgoingEvent Raw(WebhookEvent received) => new()
    {
        Topic = Topics.Of(received.Provider),
        Key = received.EventId,
        EventType = received.EventType,
        Value = received.Body.ToArray(),
    };

    private async Task<WebhookState> ApplyAsync(WebhookEvent received)
    {
        using var body = WebhookBody.Parse(received.Body) ?? throw new InvalidOperationException($"{Key} was kept with a body that is not JSON.");
        var told = ProviderEvents.Read(received, body.RootElement, options.Value.MerchantId);
        if (told.Subscription is { } subscription)
        {
            await GrainFactory.GetGrain<ICustomerGrain>(told.CustomerId!).PutSubscriptionAsync(subscription);
            return store.State with { Status = WebhookStatus.Applied, Note = null };
        }

        if (told.Facts.Count == 0 && told.Paid is null && !told.OnlyLinks)
        {
            return store.State with { Status = WebhookStatus.Kept, Note = told.Note };
        }

        var paymentId = await Resolver.ResolveAsync(told, received.ReceivedAt)
            ?? throw new InvalidOperationException($"{Key} tells of a payment without any id.");
        return told.OnlyLinks
            ? store.State with { Status = WebhookStatus.Applied, PaymentId = paymentId, Note = told.Note }
            : await ReportAsync(told, paymentId);
    }

    private async Task<WebhookState> ReportAsync(ProviderEvent told, string paymentId)
    {
        while (true)
        {
            var identity = GrainFactory.GetGrain<IPaymentIdentityGrain>(paymentId);
            var answer = told.Paid is { } paid ? await identity.ReportPaidAsync(Key, paid) : await identity.ReportAsync(Key, told.Facts);
            if (answer.Result != ReportResult.Joined)
            {
                var status = answer.Result == ReportResult.Taken ? WebhookStatus.Applied : WebhookStatus.Waiting;
                return store.State with { Status = status, PaymentId = paymentId, Note = answer.Reason };
            }

            paymentId = answer.JoinedTo!;
        }
    }

    private async Task TryAgainLaterAsync(Exception exception, WebhookState reached)
    {
        var failures = store.State.Failures + 1;
        var backoff = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Min(failures, 10)) / 2, BackoffMax.TotalSeconds));
        LogFailed(exception, Key, failures, backoff);
        ApplyAfter(backoff);
        await store.SaveAsync(reached with
        {
            Failures = failures,
            AttentionAt = time.GetUtcNow() + backoff + Patience,
            Note = $"try {failures} failed ({exception.GetType().Name}); the next one follows by itself",
        });
    }

    /// <summary>The grain's own timer: its turn comes when the call at hand has been answered.</summary>
    private void ApplyAfter(TimeSpan delay)
    {
        timer?.Dispose();
        timer = this.RegisterGrainTimer(ApplyAsync, new GrainTimerCreationOptions(delay, Timeout.InfiniteTimeSpan) { KeepAlive = true });
    }

    [LoggerMessage(6201, LogLevel.Warning, "Webhook {Key} could not be applied or published (failure {Failures}); it is tried again in {Backoff}")]
    private partial void LogFailed(Exception exception, string key, int failures, TimeSpan backoff);
}
