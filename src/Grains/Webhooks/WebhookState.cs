using Recoup.Attention;

namespace Recoup.Webhooks;

/// <summary>A provider's event and what became of it.</summary>
[GenerateSerializer, Immutable, Alias("recoup.webhook-state")]
public sealed record WebhookState : IHasAttention
{
    /// <summary>As it came; kept until its raw body is published.</summary>
    [Id(0)] public WebhookEvent? Event { get; init; }
    [Id(1)] public WebhookStatus Status { get; init; }
    [Id(2)] public string? PaymentId { get; init; }
    [Id(3)] public string? Note { get; init; }

    /// <summary>Failed tries in a row; the wait before the next one grows with it.</summary>
    [Id(4)] public int Failures { get; init; }
    [Id(5)] public DateTimeOffset? AttentionAt { get; init; }
}
