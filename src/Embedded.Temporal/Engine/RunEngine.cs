using Grpc.Core;
using Recoup.Embedded.Temporal.Matching;
using Recoup.Embedded.Temporal.Runs;
using Recoup.Embedded.Temporal.Storage;
using Recoup.Embedded.Temporal.Timers;
using Recoup.Embedded.Temporal.Visibility;

namespace Recoup.Embedded.Temporal.Engine;

/// <summary>
/// Applies changes to runs: load, change, save, and only then tell. One change of an execution at a time; the effects of a
/// change (answers to workers, timers, waiting readers) follow its commit.
/// </summary>
internal sealed partial class RunEngine : IAsyncDisposable
{
    private readonly Store store;
    private readonly TaskQueues queues;
    private readonly SearchAttributeTypes attributeTypes;
    private readonly Limits limits;
    private readonly TimeProvider clock;
    private readonly ILogger<RunEngine> logger;
    private readonly ExecutionRegistry executions;
    private readonly TimerService timers;

    public RunEngine(Store store, TaskQueues queues, SearchAttributeTypes attributeTypes, Limits limits, TimeProvider clock, ILogger<RunEngine> logger, int cachedRunsMax, TimeSpan timerFloor)
    {
        this.store = store;
        this.queues = queues;
        this.attributeTypes = attributeTypes;
        this.limits = limits;
        this.clock = clock;
        this.logger = logger;
        executions = new ExecutionRegistry(cachedRunsMax);
        timers = new TimerService(clock, timerFloor, WakeAsync);
        Waiters = new HistoryWaiters();
    }

    public HistoryWaiters Waiters { get; }

    public Limits Limits => limits;

    public SearchAttributeTypes AttributeTypes => attributeTypes;

    public Store Store => store;

    public TaskQueues Queues => queues;

    public DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>After a restart: all timers run again, and tasks that no worker has go back to their queues.</summary>
    public void Recover()
    {
        foreach (var (key, at) in store.Query("SELECT run_key, due_at FROM run_states WHERE due_at IS NOT NULL", row => (row.GetInt64(0), row.GetInt64(1))))
        {
            timers.Set(key, new DateTime(at, DateTimeKind.Utc));
        }

        var undelivered = store.Query("SELECT run_key FROM run_states WHERE undelivered = 1 ORDER BY run_key", row => row.GetInt64(0));
        foreach (var key in undelivered)
        {
            Enqueue(store.Load(key) ?? throw new InvalidDataException($"Run {key} has no row for list and count."));
        }

        timers.Start();
        LogRecovered(timers.Count, undelivered.Count);
    }

    public ValueTask DisposeAsync() => timers.DisposeAsync();

    /// <summary>Changes a running run.</summary>
    /// <exception cref="RpcException">There is no such run, or it is closed.</exception>
    public async Task<T> ChangeAsync<T>(ExecutionKey key, string runId, Func<RunChange, T> apply, Func<Exception>? closed = null)
    {
        using var lease = await executions.EnterAsync(key);
        var run = LoadRun(lease.Execution, runId);
        if (!run.IsRunning)
        {
            throw (closed ?? Refusals.AlreadyCompleted)();
        }

        var change = Begin(run);
        var result = Guarded(lease.Execution, change, apply);
        await CommitAsync(lease.Execution, [change]);
        return result;
    }

    /// <summary>Looks at a run without changing it.</summary>
    public async Task<T> ReadAsync<T>(ExecutionKey key, string runId, Func<RunState, T> read, CancellationToken cancelled = default)
    {
        using var lease = await executions.EnterAsync(key, cancelled);
        return read(LoadRun(lease.Execution, runId));
    }

    private RunChange Begin(RunState run) => new(run, Now, store.NewRun);

    /// <summary>A change that throws has touched the state in memory, so that must go.</summary>
    private static T Guarded<T>(Execution execution, RunChange change, Func<RunChange, T> apply)
    {
        try
        {
            return apply(change);
        }
        catch
        {
            execution.Forget();
            throw;
        }
    }

    private RunReference? FindCurrent(Execution execution)
    {
        if (!execution.CurrentIsKnown)
        {
            execution.Current = store.Find(execution.Key, "");
            execution.CurrentIsKnown = true;
        }

        return execution.Current;
    }

    private RunState LoadRun(Execution execution, string runId)
    {
        var current = FindCurrent(execution) ?? throw (runId.Length == 0
            ? Refusals.WorkflowNotFound(execution.Key.WorkflowId)
            : Refusals.RunNotFound(execution.Key.WorkflowId, runId));
        if (runId.Length == 0 || runId == current.RunId)
        {
            return execution.State ??= store.Load(current.Key) ?? throw Refusals.WorkflowNotFound(execution.Key.WorkflowId);
        }

        var older = store.Find(execution.Key, runId) ?? throw Refusals.RunNotFound(execution.Key.WorkflowId, runId);
        return store.Load(older.Key) ?? throw Refusals.RunNotFound(execution.Key.WorkflowId, runId);
    }

    private async Task WakeAsync(long runKey)
    {
        try
        {
            if (store.ExecutionOf(runKey) is not { } key)
            {
                return; // Deleted meanwhile.
            }

            using var lease = await executions.EnterAsync(key);
            var current = FindCurrent(lease.Execution);
            if (current?.Key != runKey)
            {
                return; // A run that another one followed is closed.
            }

            var run = LoadRun(lease.Execution, current.RunId);
            if (Due.Next(run) is not { } dueAt || dueAt > Now)
            {
                timers.Set(runKey, Due.Next(run));
                return;
            }

            var change = Begin(run);
            Guarded(lease.Execution, change, applied =>
            {
                Due.Apply(applied);
                return true;
            });
            await CommitAsync(lease.Execution, [change]);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // The run's time stays in the store; it is tried again soon, and after a restart.
            LogWakeFailed(failure, runKey);
            timers.Set(runKey, Now.AddSeconds(1));
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Recovered {Timers} waiting runs and {Undelivered} runs with tasks for workers")]
    private partial void LogRecovered(int timers, int undelivered);

    [LoggerMessage(Level = LogLevel.Error, Message = "Run {RunKey} could not be woken; trying again in a second")]
    private partial void LogWakeFailed(Exception failure, long runKey);
}
