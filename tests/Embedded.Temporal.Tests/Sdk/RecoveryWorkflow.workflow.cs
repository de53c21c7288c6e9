using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Recoup.Embedded.Temporal.Tests.Sdk;

/// <summary>A workflow that uses what the server offers: activities, timers, signals, queries, attributes.</summary>
[Workflow]
public sealed class RecoveryWorkflow
{
    public static readonly SearchAttributeKey<string> Stage = SearchAttributeKey.CreateKeyword("KwA");

    private readonly List<string> seen = [];
    private bool goes;

    [WorkflowRun]
    public async Task<string> RunAsync(string input)
    {
        var options = new ActivityOptions { StartToCloseTimeout = TimeSpan.FromSeconds(20), RetryPolicy = new() { InitialInterval = TimeSpan.FromMilliseconds(20) } };
        seen.Add(await Workflow.ExecuteActivityAsync(() => TestActivities.FlakyAsync(input), options));
        Workflow.UpsertTypedSearchAttributes(Stage.ValueSet("waiting"));
        Workflow.UpsertMemo(MemoUpdate.ValueSet("stage", "waiting"));
        await Workflow.DelayAsync(TimeSpan.FromMilliseconds(30));
        await Workflow.WaitConditionAsync(() => goes);
        return string.Join(",", seen);
    }

    [WorkflowSignal]
    public Task GoAsync(string word)
    {
        seen.Add(word);
        goes = true;
        return Task.CompletedTask;
    }

    [WorkflowQuery]
    public int Count() => seen.Count;
}

/// <summary>Counts down, one run a number.</summary>
[Workflow]
public sealed class CountdownWorkflow
{
    [WorkflowRun]
    public Task<string> RunAsync(int left, string path) => left == 0
        ? Task.FromResult(path)
        : throw Workflow.CreateContinueAsNewException((CountdownWorkflow workflow) => workflow.RunAsync(left - 1, $"{path}{left}"));
}

/// <summary>Waits for its cancellation and cleans up with an activity.</summary>
[Workflow]
public sealed class CleanupWorkflow
{
    [WorkflowRun]
    public async Task RunAsync()
    {
        try
        {
            await Workflow.ExecuteActivityAsync(
                () => TestActivities.UntilCancelledAsync(),
                new() { StartToCloseTimeout = TimeSpan.FromSeconds(30), HeartbeatTimeout = TimeSpan.FromSeconds(5), CancellationType = ActivityCancellationType.WaitCancellationCompleted });
        }
        catch (Exception cancelled) when (TemporalException.IsCanceledException(cancelled))
        {
            await Workflow.ExecuteActivityAsync(
                () => TestActivities.FlakyAsync("clean"),
                new() { StartToCloseTimeout = TimeSpan.FromSeconds(20), CancellationToken = CancellationToken.None, RetryPolicy = new() { InitialInterval = TimeSpan.FromMilliseconds(20) } });
            throw;
        }
    }
}

/// <summary>Some work with a wait in it, for load and crashes: four activities and a timer.</summary>
[Workflow]
public sealed class LoadWorkflow
{
    [WorkflowRun]
    public async Task<int> RunAsync(int number)
    {
        var options = new ActivityOptions { StartToCloseTimeout = TimeSpan.FromSeconds(10), RetryPolicy = new() { InitialInterval = TimeSpan.FromMilliseconds(50) } };
        var sum = 0;
        for (var step = 0; step < 4; step++)
        {
            sum += await Workflow.ExecuteActivityAsync((TestActivities activities) => activities.AddAsync(number, step), options);
            await Workflow.DelayAsync(TimeSpan.FromMilliseconds(20));
        }

        return sum;
    }
}

/// <summary>Runs a local activity, then a patch.</summary>
[Workflow]
public sealed class LocalWorkflow
{
    [WorkflowRun]
    public async Task<int> RunAsync()
    {
        var one = await Workflow.ExecuteLocalActivityAsync((TestActivities activities) => activities.AddAsync(1, 0), new() { ScheduleToCloseTimeout = TimeSpan.FromSeconds(10) });
        return Workflow.Patched("more") ? one + 1 : one;
    }
}
