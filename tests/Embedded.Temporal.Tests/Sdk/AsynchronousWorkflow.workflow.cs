using Temporalio.Activities;
using Temporalio.Workflows;

namespace Recoup.Embedded.Temporal.Tests.Sdk;

[Workflow]
public sealed class AsynchronousWorkflow
{
    [WorkflowRun]
    public Task<string> RunAsync() => Workflow.ExecuteActivityAsync(
        (AsynchronousActivities activities) => activities.LeaveAsync(),
        new() { StartToCloseTimeout = TimeSpan.FromSeconds(20) });
}

public sealed class AsynchronousActivities
{
    public TaskCompletionSource<byte[]> Token { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Activity]
    public Task<string> LeaveAsync()
    {
        Token.TrySetResult(ActivityExecutionContext.Current.Info.TaskToken);
        throw new CompleteAsyncException();
    }
}
