using Recoup.Silo.Workflows.Timelines;

namespace Recoup.Client.Histories;

/// <summary>What <c>history --json</c> prints. Times are wall time, UTC, but for the <c>until</c> that a decision said.</summary>
internal sealed record WorkflowStory
{
    public required string PaymentId { get; init; }
    public required string WorkflowId { get; init; }

    /// <summary>Of the newest run, as Temporal calls it: <c>running</c>, <c>completed</c>, ...</summary>
    public required string Status { get; init; }

    /// <summary>Run ids, oldest first: more than one after a continue-as-new.</summary>
    public required IReadOnlyList<string> Runs { get; init; }

    /// <summary>The run before the oldest one is no longer kept by the server.</summary>
    public bool IsIncomplete { get; init; }
    public required int Events { get; init; }
    public required IReadOnlyList<TimelineEntry> Entries { get; init; }
}
