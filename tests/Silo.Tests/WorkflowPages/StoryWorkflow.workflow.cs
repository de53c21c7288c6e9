using Recoup.Payments;
using Temporalio.Activities;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Recoup.Silo.Tests.WorkflowPages;

/// <summary>Has one of everything that a timeline tells: a decision that took two tries, a wait that a signal ends, a result.</summary>
[Workflow]
public sealed class StoryWorkflow
{
    private string? told;

    [WorkflowRun]
    public async Task<string> RunAsync(string note)
    {
        await Workflow.ExecuteActivityAsync(
            (StoryActivities activities) => activities.Decide(note, 1),
            new() { StartToCloseTimeout = TimeSpan.FromSeconds(20), RetryPolicy = new() { InitialInterval = TimeSpan.FromMilliseconds(1) } });
        await Workflow.WaitConditionAsync(() => told is not null, TimeSpan.FromHours(1));
        return $"told {told}";
    }

    [WorkflowSignal]
    public Task TellAsync(string news)
    {
        told = news;
        return Task.CompletedTask;
    }
}

public sealed class StoryActivities
{
    [Activity]
    public RecoveryStep Decide(string note, int number) => ActivityExecutionContext.Current.Info.Attempt == 1
        ? throw new ApplicationFailureException("nobody <b>home</b>", errorType: "SiloDown")
        : new() { Action = RecoveryAction.Attempt, Status = PaymentStatus.Recovering, Summary = $"wait for {note} ({number})" };
}
