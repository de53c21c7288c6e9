using Orleans.Concurrency;
using Recoup.Attention;

namespace Recoup.Webhooks;

/// <summary>
/// Keeps one provider event from its receipt until its effect is done. The key is <c>{provider}:{event id}:{event type}</c>, which is also the check for
/// redelivery: a provider delivers an event more than once.
/// </summary>
[Alias("recoup.webhook-inbox")]
public interface IWebhookInboxGrain : IGrainWithStringKey, IAttentive
{
    /// <summary>Saves the event; its effect follows by itself, whatever crashes. The answer may become a 200.</summary>
    [Alias("receive")]
    Task<WebhookReceipt> ReceiveAsync(WebhookEvent received);

    [Alias("get")]
    Task<WebhookView?> GetAsync();

    /// <summary>The payment that this event waits for has moved: it is applied again. Nobody waits for the answer, so two grains never wait for each other.</summary>
    [OneWay, Alias("wake")]
    Task WakeAsync(string paymentId);
}

/// <summary>A provider's event whose signature, size and shape have been checked.</summary>
[GenerateSerializer, Immutable, Alias("recoup.webhook-event")]
public sealed record WebhookEvent
{
    /// <summary><c>stripe</c> or <c>square</c>.</summary>
    [Id(0)] public required string Provider { get; init; }
    [Id(1)] public required string EventId { get; init; }
    [Id(2)] public required string EventType { get; init; }

    /// <summary>The body as it came, byte for byte; it goes to the topic <c>providers.{provider}</c>.</summary>
    [Id(3)] public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Wall time of the receipt.</summary>
    [Id(4)] public required DateTimeOffset ReceivedAt { get; init; }
}

[GenerateSerializer, Alias("recoup.webhook-receipt")]
public enum WebhookReceipt
{
    Accepted,

    /// <summary>Delivered before: nothing was done.</summary>
    Duplicate,
}

[GenerateSerializer, Immutable, Alias("recoup.webhook-view")]
public sealed record WebhookView
{
    [Id(0)] public required string EventType { get; init; }
    [Id(1)] public required DateTimeOffset ReceivedAt { get; init; }
    [Id(2)] public required WebhookStatus Status { get; init; }
    [Id(3)] public string? PaymentId { get; init; }

    /// <summary>For people: why it has no effect, or what went wrong last.</summary>
    [Id(4)] public string? Note { get; init; }
}

[GenerateSerializer, Alias("recoup.webhook-status")]
public enum WebhookStatus
{
    /// <summary>Saved; the effect is still to come.</summary>
    Received,

    /// <summary>The payment it is about is not known yet: applied when it appears.</summary>
    Waiting,
    Applied,

    /// <summary>Kept without effect: an unknown type, or an event with no payment behind it.</summary>
    Kept,
}
