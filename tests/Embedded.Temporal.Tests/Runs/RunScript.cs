using Recoup.Embedded.Temporal.Runs;
using Recoup.Embedded.Temporal.Storage;
using Recoup.Embedded.Temporal.Visibility;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Recoup.Embedded.Temporal.Tests.Runs;

/// <summary>Plays a run by hand: changes follow each other on a clock of its own, without server, store or worker.</summary>
internal sealed class RunScript
{
    private static readonly SearchAttributeTypes Types = new(new Limits());
    private long lastKey;

    public RunScript(Action<StartWorkflowExecutionRequest>? with = null)
    {
        var request = new StartWorkflowExecutionRequest
        {
            Namespace = "default",
            WorkflowId = "w",
            WorkflowType = new() { Name = "T" },
            TaskQueue = new() { Name = "q" },
            RequestId = "r",
        };
        with?.Invoke(request);
        var change = Starting.FromClient(request, Now, NewRun);
        Run = change.Run;
        Keep(change);
    }

    public DateTime Now { get; private set; } = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    /// <summary>As the store would give it back: every change goes through its saved form.</summary>
    public RunState Run { get; private set; }

    public List<HistoryEvent> History { get; } = [];

    public RunChange? Last { get; private set; }

    public PendingActivity Activity => Run.Activities.Values.Single();

    public string Events => string.Join(" ", History.Select(each => each.EventType));

    public RunChange Do(Action<RunChange> apply)
    {
        var change = new RunChange(Run, Now, NewRun);
        apply(change);
        Keep(change);
        return change;
    }

    public RunScript After(TimeSpan time)
    {
        Now += time;
        Do(Due.Apply);
        return this;
    }

    public RunScript StartTask()
    {
        Do(change => WorkflowTasks.Start(change, "worker", "poll", new Limits()));
        return this;
    }

    /// <summary>Completes the started task with these commands, as the engine does.</summary>
    public CommandRefusal? Complete(params Command[] commands)
    {
        CommandRefusal? refusal = null;
        var saved = RunStateCodec.Write(Run);
        var change = new RunChange(Run, Now, NewRun);
        var completed = WorkflowTasks.Complete(change, "worker", null, null);
        refusal = change.WhileCommandsAreApplied(() => new Commands(change, completed, Types, new Limits()).Apply(commands));
        if (refusal is not null)
        {
            Run = RunStateCodec.Read(saved);
            return refusal;
        }

        if (Run.IsRunning && change.FlushBuffered())
        {
            WorkflowTasks.Schedule(change);
        }

        Keep(change);
        return null;
    }

    public RunScript StartActivity()
    {
        Do(change => Activities.Start(change, Activity, "worker", "poll"));
        return this;
    }

    public static Command Timer(string id, double seconds) => new()
    {
        CommandType = CommandType.StartTimer,
        StartTimerCommandAttributes = new() { TimerId = id, StartToFireTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(seconds)) },
    };

    public static Command CancelTimer(string id) => new() { CommandType = CommandType.CancelTimer, CancelTimerCommandAttributes = new() { TimerId = id } };

    public static Command ScheduleActivity(string id, Action<ScheduleActivityTaskCommandAttributes>? with = null)
    {
        var attributes = new ScheduleActivityTaskCommandAttributes
        {
            ActivityId = id,
            ActivityType = new() { Name = "A" },
            TaskQueue = new() { Name = "q" },
            StartToCloseTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(10)),
        };
        with?.Invoke(attributes);
        return new Command { CommandType = CommandType.ScheduleActivityTask, ScheduleActivityTaskCommandAttributes = attributes };
    }

    public static Command CompleteWorkflow() => new() { CommandType = CommandType.CompleteWorkflowExecution, CompleteWorkflowExecutionCommandAttributes = new() };

    public static Failure ApplicationFailure(string type = "Boom", bool nonRetryable = false) =>
        new() { Message = "failed", ApplicationFailureInfo = new() { Type = type, NonRetryable = nonRetryable } };

    private NewRun NewRun() => new(++lastKey, $"run-{lastKey}");

    private void Keep(RunChange change)
    {
        Last = change;
        History.AddRange(change.Written);
        var started = Run.StartedEvent;
        Run = RunStateCodec.Read(RunStateCodec.Write(change.Run));
        Run.StartedEvent = started ?? change.Run.StartedEvent;
    }
}
