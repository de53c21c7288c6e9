namespace Recoup.Embedded.Temporal.Storage;

/// <summary>What one change of one run puts into the store.</summary>
/// <param name="Events">The new events as one serialised History; empty when there are none.</param>
/// <param name="Visibility">The row for list and count, when it changed.</param>
internal sealed record RunWrite(
    long Key,
    byte[] State,
    DateTime? DueAt,
    bool Undelivered,
    long FirstEventId,
    long LastEventId,
    byte[] Events,
    VisibilityRow? Visibility);

/// <summary>What list, count and describe tell of a run.</summary>
internal sealed record VisibilityRow
{
    public required long Key { get; init; }
    public required string Namespace { get; init; }
    public required string WorkflowId { get; init; }
    public required string RunId { get; init; }
    public required string WorkflowType { get; init; }
    public required string TaskQueue { get; init; }
    public required WorkflowExecutionStatus Status { get; init; }
    public required DateTime StartedAt { get; init; }
    public required DateTime ExecutionAt { get; init; }
    public DateTime? ClosedAt { get; init; }
    public long HistoryLength { get; init; }
    public long HistoryBytes { get; init; }
    public byte[]? Memo { get; init; }
    public byte[]? SearchAttributes { get; init; }

    /// <summary>The search attributes as a JSON object of plain values, for queries.</summary>
    public string? AttributesJson { get; init; }
}

/// <summary>Which execution a run belongs to.</summary>
internal readonly record struct ExecutionKey(string Namespace, string WorkflowId);

/// <summary>A run as it is found by id: enough to lock and load it.</summary>
internal sealed record RunReference(long Key, ExecutionKey Execution, string RunId, WorkflowExecutionStatus Status);

