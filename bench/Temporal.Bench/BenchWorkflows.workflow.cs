using Temporalio.Activities;
using Temporalio.Workflows;

namespace Recoup.Temporal.Bench;

/// <summary>What a workflow of the bench does: so many activities, one after another, then a timer.</summary>
public sealed record BenchInput(int Activities, double TimerSeconds);

[Workflow]
public sealed class BenchWorkflow
{
    private static readonly ActivityOptions Options = new() { StartToCloseTimeout = TimeSpan.FromSeconds(60) };

    [WorkflowRun]
    public async Task RunAsync(BenchInput input)
    {
        for (var step = 0; step < input.Activities; step++)
        {
            await Workflow.ExecuteActivityAsync(() => BenchActivities.Nothing(step), Options);
        }

        if (input.TimerSeconds > 0)
        {
            await Workflow.DelayAsync(TimeSpan.FromSeconds(input.TimerSeconds));
        }
    }
}

public static class BenchActivities
{
    [Activity]
    public static int Nothing(int step) => step;
}
