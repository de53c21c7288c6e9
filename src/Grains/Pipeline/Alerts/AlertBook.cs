using Recoup.Attention;

namespace Recoup.Pipeline.Alerts;

/// <summary>What is kept of alerts. Immutable: a change is a new record, and memory shows only what has been saved.</summary>
[GenerateSerializer, Immutable, Alias("recoup.alert-book")]
public sealed record AlertBook : IHasAttention
{
    /// <summary>The newest run that was taken in.</summary>
    [Id(0)] public long LastRun { get; init; }
    [Id(1)] public IReadOnlyList<Alert> Open { get; init; } = [];

    /// <summary>Those that are over, newest first.</summary>
    [Id(2)] public IReadOnlyList<Alert> Over { get; init; } = [];

    /// <summary>Changes that somebody has still to be told of, oldest first.</summary>
    [Id(3)] public IReadOnlyList<AlertNotice> Outbox { get; init; } = [];

    /// <inheritdoc />
    [Id(4)] public DateTimeOffset? AttentionAt { get; init; }
}

/// <summary>One change of an alert, and who has not heard of it.</summary>
[GenerateSerializer, Immutable, Alias("recoup.alert-notice")]
public sealed record AlertNotice
{
    /// <summary><c>{alert id}:{n}</c>, n counting the alert's changes from 1: receivers drop what they have had.</summary>
    [Id(0)] public required string EventId { get; init; }
    [Id(1)] public required AlertChange Change { get; init; }

    /// <summary>The alert after the change.</summary>
    [Id(2)] public required Alert Alert { get; init; }

    /// <summary>Business time.</summary>
    [Id(3)] public required DateTimeOffset At { get; init; }

    /// <summary>Names of the channels that have not taken it.</summary>
    [Id(4)] public required IReadOnlyList<string> Waiting { get; init; }
}

[GenerateSerializer, Alias("recoup.alert-change")]
public enum AlertChange
{
    Raised,

    /// <summary>It got better or worse, and is not over.</summary>
    Updated,
    Resolved,
}
