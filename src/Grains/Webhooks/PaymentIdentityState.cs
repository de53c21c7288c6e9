using Recoup.Attention;

namespace Recoup.Webhooks;

/// <summary>Which payment an id stands for, and the inbox keys of events that wait for it.</summary>
[GenerateSerializer, Immutable, Alias("recoup.payment-identity-state")]
public sealed record PaymentIdentityState : IHasAttention
{
    [Id(0)] public DateTimeOffset? NamedAt { get; init; }
    [Id(1)] public bool IsOwn { get; init; }
    [Id(2)] public string? JoinedTo { get; init; }

    /// <summary>The payment has been told that it was joined.</summary>
    [Id(3)] public bool IsToldOfJoin { get; init; }

    /// <summary>Inbox keys that the payment could not take yet.</summary>
    [Id(4)] public IReadOnlyList<string> Waiting { get; init; } = [];

    /// <summary>Inbox keys that must be woken: the payment has moved since they began to wait.</summary>
    [Id(5)] public IReadOnlyList<string> Due { get; init; } = [];

    [Id(6)] public DateTimeOffset? AttentionAt { get; init; }

    private bool HasWork => Due.Count > 0 || (JoinedTo is not null && !IsToldOfJoin);

    /// <summary>The payment is about to move: all that wait are due, and somebody looks after them even when this process ends now.</summary>
    public PaymentIdentityState AllDue(DateTimeOffset attentionAt) =>
        (this with { Due = [.. Due.Union(Waiting, StringComparer.Ordinal)], Waiting = [] }).WithAttention(attentionAt);

    /// <summary>This one was tried in vain: it waits; those that were due still are.</summary>
    public PaymentIdentityState Wait(string inboxKey, DateTimeOffset attentionAt)
    {
        var others = Without(inboxKey);
        return (others with { Waiting = [.. others.Waiting, inboxKey] }).WithAttention(attentionAt);
    }

    public PaymentIdentityState Forget(string inboxKey, DateTimeOffset attentionAt) => Without(inboxKey).WithAttention(attentionAt);

    public bool Knows(string inboxKey) => Waiting.Contains(inboxKey) || Due.Contains(inboxKey);

    public PaymentIdentityState WithAttention(DateTimeOffset attentionAt) => this with { AttentionAt = HasWork ? attentionAt : null };

    public bool OthersWait(string inboxKey) => Waiting.Any(key => key != inboxKey);

    private PaymentIdentityState Without(string inboxKey) =>
        this with { Waiting = [.. Waiting.Where(key => key != inboxKey)], Due = [.. Due.Where(key => key != inboxKey)] };
}
