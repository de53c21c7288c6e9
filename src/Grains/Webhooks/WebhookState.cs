using Recoup.Attention;

namespace Recoup.Webhooks;

/// <summary>A provider's event and what became of it.</summary>
[GenerateSerializer, Immutable, Alias("recoup.webhook-state")]
public sealed record WebhookState : IHasAttention
{
    /// <summary>As it came; its body is dropped when it is published and has had its effect. The rest stays: it tells a redelivery.</summary>
    [Id(0)] public WebhookEvent? Event { get; init; }
    [Id(1)] public WebhookStatus Status { get; init; }
    [Id(2)] public string? PaymentId { get; init; }
    [Id(3)] public string? Note { get; init; }

    /// <summary>Failed tries in a row; the wait before the next one grows with it.</summary>
    [Id(4)] public int Failures { get; init; }
    [Id(5)] public DateTimeOffset? AttentionAt { get; init; }

    /// <summary>The event log has the body, byte for byte.</summary>
    [Id(6)] public bool IsPublished { get; init; }
}
