using System.Text.Json.Serialization;
using Temporalio.Api.Sdk.V1;

namespace Recoup.Embedded.Temporal.Runs;

/// <summary>
/// What must be known of one workflow run beside its history: what is pending, what was counted, what was promised.
/// It is saved as a whole with every change; times are UTC.
/// </summary>
internal sealed class RunState
{
    // Fixed at the start.
    public required long Key { get; init; }
    public required string Namespace { get; init; }
    public required string WorkflowId { get; init; }
    public required string RunId { get; init; }
    public required string FirstRunId { get; init; }
    public required string WorkflowType { get; init; }
    public required string TaskQueue { get; init; }
    public required string StartRequestId { get; init; }
    public int Attempt { get; init; }
    public DateTime StartedAt { get; init; }
    public DateTime ExecutionAt { get; init; }
    public DateTime OriginalStartedAt { get; init; }
    public TimeSpan ExecutionTimeout { get; init; }
    public TimeSpan RunTimeout { get; init; }
    public TimeSpan TaskTimeout { get; init; }
    public DateTime? ExecutionExpiresAt { get; init; }
    public DateTime? RunExpiresAt { get; init; }
    [JsonConverter(typeof(MessageConverter<RetryPolicy>))]
    public RetryPolicy? Retry { get; init; }
    [JsonConverter(typeof(MessageConverter<Priority>))]
    public Priority? Priority { get; init; }
    [JsonConverter(typeof(MessageConverter<UserMetadata>))]
    public UserMetadata? UserMetadata { get; init; }

    // What happened so far.
    public WorkflowExecutionStatus Status { get; set; } = WorkflowExecutionStatus.Running;
    public DateTime? ClosedAt { get; set; }
    public long NextEventId { get; set; } = 1;
    public long HistoryBytes { get; set; }
    public bool CancelRequested { get; set; }
    public int SignalCount { get; set; }
    public HashSet<string>? RequestIds { get; set; }

    /// <summary>When the first workflow task is due, while a start delay or a backoff holds it back.</summary>
    public DateTime? FirstTaskAt { get; set; }

    /// <summary>The worker that has the run in its cache, if one has.</summary>
    public StickyWorker? Sticky { get; set; }

    public WorkflowTask? Task { get; set; }

    /// <summary>The started event of the last workflow task that was completed; 0 before the first.</summary>
    public long PreviousStartedEventId { get; set; }

    /// <summary>Pending activities by the id of their scheduled event.</summary>
    public SortedDictionary<long, PendingActivity> Activities { get; init; } = [];

    public Dictionary<string, PendingTimer> Timers { get; init; } = [];

    /// <summary>Events that came while a workflow task was with a worker; they are written when it is answered.</summary>
    [JsonConverter(typeof(EventsConverter))]
    public List<HistoryEvent> Buffered { get; init; } = [];

    // Kept in columns of their own, because they are large and change rarely.
    internal Memo? Memo { get; set; }

    internal SearchAttributes? SearchAttributes { get; set; }

    /// <summary>The first event, in memory where a retry of the run may need it.</summary>
    internal HistoryEvent? StartedEvent { get; set; }

    /// <summary>The last events in memory, without a gap to the end of the history; may be empty.</summary>
    internal List<HistoryEvent> Tail { get; } = [];

    internal bool IsRunning => Status == WorkflowExecutionStatus.Running;

    internal WorkflowExecution Execution => new() { WorkflowId = WorkflowId, RunId = RunId };

    internal bool TaskIsStarted => Task is { StartedAt: not null };
}

/// <summary>The queue of the worker that keeps the run in its cache, and how long a task may wait there.</summary>
internal sealed record StickyWorker(string Queue, TimeSpan ScheduleToStart);

/// <summary>The one workflow task that a run may have: scheduled, or with a worker.</summary>
internal sealed class WorkflowTask
{
    public long ScheduledEventId { get; set; }

    /// <summary>0 until a worker has it. An attempt above 1 has no event yet: its ids are those that it will get.</summary>
    public long StartedEventId { get; set; }

    public int Attempt { get; set; } = 1;
    public DateTime ScheduledAt { get; set; }
    public DateTime OriginalScheduledAt { get; set; }
    public DateTime? StartedAt { get; set; }
    public TimeSpan StartToClose { get; set; }

    /// <summary>The sticky queue on which it was scheduled; null on the normal one.</summary>
    public string? StickyQueue { get; set; }

    /// <summary>When a task on a sticky queue goes back to the normal one.</summary>
    public DateTime? StickyExpiresAt { get; set; }

    public string Identity { get; set; } = "";
    public string RequestId { get; set; } = "";

    /// <summary>How large the history was when it was started; the worker is told.</summary>
    public long HistoryBytes { get; set; }

    public bool SuggestsContinueAsNew { get; set; }

    /// <summary>A further attempt of a failed task; it is written to the history only if it succeeds.</summary>
    internal bool IsTransient => Attempt > 1;
}

internal sealed class PendingTimer
{
    public long StartedEventId { get; init; }
    public DateTime DueAt { get; init; }
}

/// <summary>An activity that was scheduled and has not ended: its attempt and what that attempt left.</summary>
internal sealed class PendingActivity
{
    public required long ScheduledEventId { get; init; }
    public required string ActivityId { get; init; }
    public required string Type { get; init; }
    public required string TaskQueue { get; init; }
    public TimeSpan ScheduleToClose { get; init; }
    public TimeSpan ScheduleToStart { get; init; }
    public TimeSpan StartToClose { get; init; }
    public TimeSpan Heartbeat { get; init; }
    [JsonConverter(typeof(MessageConverter<RetryPolicy>))]
    public required RetryPolicy Retry { get; init; }
    [JsonConverter(typeof(MessageConverter<Priority>))]
    public Priority? Priority { get; init; }

    /// <summary>When the first attempt was scheduled.</summary>
    public DateTime FirstScheduledAt { get; init; }

    public int Attempt { get; set; } = 1;

    /// <summary>When the current attempt is (or will be) handed to its queue.</summary>
    public DateTime ScheduledAt { get; set; }

    /// <summary>Waits for its next attempt; not in a queue yet.</summary>
    public bool InBackoff { get; set; }

    public DateTime? StartedAt { get; set; }
    public string Identity { get; set; } = "";
    public string RequestId { get; set; } = "";
    [JsonConverter(typeof(MessageConverter<Payloads>))]
    public Payloads? HeartbeatDetails { get; set; }
    public DateTime? HeartbeatAt { get; set; }
    [JsonConverter(typeof(MessageConverter<Failure>))]
    public Failure? LastFailure { get; set; }
    public DateTime? LastAttemptEndedAt { get; set; }

    /// <summary>The event that asked for its cancellation; 0 if none did.</summary>
    public long CancelRequestedEventId { get; set; }

    /// <summary>Its scheduled event with input and header; read again from the history when it is not in memory.</summary>
    internal HistoryEvent? ScheduledEvent { get; set; }
}
