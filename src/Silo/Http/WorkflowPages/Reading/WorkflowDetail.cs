using Recoup.Silo.Workflows.Timelines;
using Temporalio.Api.Enums.V1;

namespace Recoup.Silo.Http.WorkflowPages.Reading;

/// <summary>One run of a workflow with its timeline. Times are wall time, UTC, where the timeline does not say business time.</summary>
public sealed record WorkflowDetail
{
    public required string WorkflowId { get; init; }
    public required string RunId { get; init; }
    public required string Type { get; init; }
    public required string TaskQueue { get; init; }
    public required WorkflowExecutionStatus Status { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public string? Summary { get; init; }

    /// <summary>Name and JSON value, by name.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> SearchAttributes { get; init; }
    public required IReadOnlyList<KeyValuePair<string, string>> Memo { get; init; }

    /// <summary>Events of the history, of which <see cref="EventsRead"/> are told.</summary>
    public required long Events { get; init; }
    public required int EventsRead { get; init; }
    public required IReadOnlyList<TimelineEntry> Entries { get; init; }

    /// <summary>The run that this one goes on from; null when it is the first.</summary>
    public string? PreviousRunId { get; init; }

    /// <summary>The run that goes on after this one; null when none does.</summary>
    public string? NextRunId { get; init; }
}
