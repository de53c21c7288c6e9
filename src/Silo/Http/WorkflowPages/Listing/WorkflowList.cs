using Temporalio.Api.Enums.V1;

namespace Recoup.Silo.Http.WorkflowPages.Listing;

/// <summary>One page of the list.</summary>
public sealed record WorkflowList
{
    /// <summary>The visibility query as it was asked for; empty for all workflows.</summary>
    public required string Query { get; init; }
    public required IReadOnlyList<QueryLink> Links { get; init; }
    public IReadOnlyList<WorkflowRow> Rows { get; init; } = [];

    /// <summary>How many workflows the query finds, on all pages.</summary>
    public long Count { get; init; }

    /// <summary>The name of the next page; null on the last one.</summary>
    public string? NextPage { get; init; }
    public bool IsFirstPage { get; init; }

    /// <summary>Why the server refused the query or the page, in its own words; null when it did not.</summary>
    public string? Problem { get; init; }
}

/// <summary>One run of a workflow. Times are wall time, UTC.</summary>
public sealed record WorkflowRow
{
    public required string WorkflowId { get; init; }
    public required string RunId { get; init; }
    public required string Type { get; init; }
    public required WorkflowExecutionStatus Status { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public string? PaymentId { get; init; }
    public string? FailureCode { get; init; }
    public string? RecoveryStatus { get; init; }

    /// <summary>What its starter said of it: <c>49.99 USD of cus_1: insufficient_funds</c>.</summary>
    public string? Summary { get; init; }
}

/// <summary>A query that is one click away; <c>Count</c> where it is known.</summary>
public sealed record QueryLink(string Group, string Label, string Query, long? Count);
