namespace Recoup.Embedded.Temporal.Runs;

/// <summary>
/// One change of one run: the functions of this folder apply themselves to it, and it collects what is to be saved and
/// what is to be done once that is saved. A change that fails is thrown away together with the state that it touched.
/// </summary>
internal sealed class RunChange(RunState run, DateTime now, Func<NewRun> newRun)
{
    private bool commandsAreApplied;

    public RunState Run { get; } = run;

    public DateTime Now { get; } = now;

    /// <summary>The key and the id of a run that does not exist yet.</summary>
    public Func<NewRun> NewRun { get; } = newRun;

    /// <summary>The events that this change adds to the history.</summary>
    public List<HistoryEvent> Written { get; } = [];

    /// <summary>The row that list and count read has to be written.</summary>
    public bool VisibilityChanged { get; set; }

    /// <summary>The workflow task is to be handed to its queue.</summary>
    public bool TaskScheduled { get; set; }

    /// <summary>The activities that are to be handed to their queues, by scheduled event.</summary>
    public List<long> ActivitiesScheduled { get; } = [];

    /// <summary>The run that follows this one: continued as new, or retried.</summary>
    public RunChange? Next { get; set; }

    /// <summary>Events from outside wait while a workflow task is with a worker, or while its commands are applied.</summary>
    public bool Buffers => commandsAreApplied || Run.TaskIsStarted;

    /// <summary>Adds an event to the history and gives it its id.</summary>
    public HistoryEvent Write(HistoryEvent written)
    {
        written.EventId = Run.NextEventId;
        Run.NextEventId++;
        written.TaskId = written.EventId;
        written.EventTime ??= Now.Proto();
        Run.HistoryBytes += written.CalculateSize();
        Written.Add(written);
        Run.Tail.Add(written);
        return written;
    }

    /// <summary>Adds an event that came from outside: at once, or, while a worker has the workflow task, after its answer.</summary>
    public void Record(HistoryEvent recorded)
    {
        if (Buffers)
        {
            recorded.EventTime ??= Now.Proto();
            Run.Buffered.Add(recorded);
        }
        else
        {
            Write(recorded);
        }
    }

    /// <summary>Applies commands of a workflow task; what happens meanwhile is written after them.</summary>
    public CommandRefusal? WhileCommandsAreApplied(Func<CommandRefusal?> apply)
    {
        commandsAreApplied = true;
        var refusal = apply();
        commandsAreApplied = false;
        return refusal;
    }

    /// <summary>
    /// Writes what waited. Ends of activities go last, after everything else that waited, as the real server orders them,
    /// and learn the ids of their started events, which they could not know before.
    /// </summary>
    public bool FlushBuffered()
    {
        if (Run.Buffered.Count == 0)
        {
            return false;
        }

        var startedIds = new Dictionary<long, long>();
        foreach (var waiting in Run.Buffered.Where(waiting => !IsActivityEnd(waiting)).Concat(Run.Buffered.Where(IsActivityEnd)).ToArray())
        {
            var written = Write(waiting);
            if (written.ActivityTaskStartedEventAttributes is { } started)
            {
                startedIds[started.ScheduledEventId] = written.EventId;
            }

            SetStartedEventId(written, startedIds);
        }

        Run.Buffered.Clear();
        return true;
    }

    /// <summary>Makes sure that a worker will look at what is new: schedules a workflow task unless one is there or held back.</summary>
    public void EnsureTask()
    {
        if (Run.IsRunning && Run.Task is null && Run.FirstTaskAt is null && !Buffers)
        {
            WorkflowTasks.Schedule(this);
        }
    }

    private static bool IsActivityEnd(HistoryEvent waiting) => waiting.EventType
        is EventType.ActivityTaskCompleted or EventType.ActivityTaskFailed or EventType.ActivityTaskTimedOut or EventType.ActivityTaskCanceled;

    private static void SetStartedEventId(HistoryEvent end, Dictionary<long, long> startedIds)
    {
        long Started(long scheduledEventId) => startedIds.GetValueOrDefault(scheduledEventId);
        switch (end.AttributesCase)
        {
            case HistoryEvent.AttributesOneofCase.ActivityTaskCompletedEventAttributes:
                end.ActivityTaskCompletedEventAttributes.StartedEventId = Started(end.ActivityTaskCompletedEventAttributes.ScheduledEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ActivityTaskFailedEventAttributes:
                end.ActivityTaskFailedEventAttributes.StartedEventId = Started(end.ActivityTaskFailedEventAttributes.ScheduledEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ActivityTaskTimedOutEventAttributes:
                end.ActivityTaskTimedOutEventAttributes.StartedEventId = Started(end.ActivityTaskTimedOutEventAttributes.ScheduledEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ActivityTaskCanceledEventAttributes:
                end.ActivityTaskCanceledEventAttributes.StartedEventId = Started(end.ActivityTaskCanceledEventAttributes.ScheduledEventId);
                break;
        }
    }
}

/// <summary>Why a command of a workflow task is refused: the task fails with this cause and message.</summary>
/// <param name="Terminates">The run ends with it: it could never get past this command.</param>
/// <param name="FailsTask">False: the answer is refused, and the task stays with its worker.</param>
internal sealed record CommandRefusal(WorkflowTaskFailedCause Cause, string Message, bool Terminates = false, bool FailsTask = true);

/// <summary>What a new run is called: its key in the store and its id.</summary>
internal readonly record struct NewRun(long Key, string RunId);
