using Recoup.Client.CommandLine;
using Recoup.Client.Connections;
using Recoup.Payments;
using Recoup.Silo.Workflows.Timelines;
using Temporalio.Api.History.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Recoup.Client.Histories;

/// <summary>Reads a recovery's history, with the runs that it was continued from, through the client API: from the embedded server or a cluster alike.</summary>
internal static class HistoryReader
{
    /// <exception cref="CommandFailedException">No server answers there, or it knows no such workflow.</exception>
    public static async Task<WorkflowStory> ReadAsync(HostAndPort temporal, string workflowNamespace, string paymentId, CancellationToken cancellationToken)
    {
        var workflowId = PaymentIds.WorkflowId(paymentId);
        try
        {
            var client = await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(temporal.ToString()) { Namespace = workflowNamespace });
            return await ReadAsync(client, paymentId, workflowId, cancellationToken);
        }
        catch (RpcException failure) when (failure.Code is RpcException.StatusCode.NotFound)
        {
            throw new CommandFailedException(
                $"The workflow server at {temporal} knows no workflow {workflowId}.",
                "A payment has one once its first attempt was declined; see: payment " + paymentId,
                failure);
        }
        catch (RpcException failure) when (failure.Code is not RpcException.StatusCode.Unavailable)
        {
            throw new CommandFailedException(
                $"The workflow server at {temporal} refused: {failure.Message}", "Is the namespace right? Name it with --namespace or Temporal__Namespace.", failure);
        }
        catch (Exception failure) when (failure is RpcException or InvalidOperationException)
        {
            // A connection that fails is an InvalidOperationException of the SDK, with the words of its core.
            throw new CommandFailedException(
                $"No workflow server answers at {temporal}.",
                "The silo brings its own (dotnet run --project src/Silo); name another with --temporal host:port or Temporal__Address.",
                failure);
        }
    }

    private static async Task<WorkflowStory> ReadAsync(TemporalClient client, string paymentId, string workflowId, CancellationToken cancellationToken)
    {
        // Not the handle's own description: it keeps the pending activities to itself.
        var described = await client.WorkflowService.DescribeWorkflowExecutionAsync(
            new() { Namespace = client.Options.Namespace, Execution = new() { WorkflowId = workflowId } },
            new() { CancellationToken = cancellationToken });
        var info = described.WorkflowExecutionInfo;
        var (runs, isIncomplete) = await FetchRunsAsync(client, workflowId, info.Execution.RunId, cancellationToken);
        return new WorkflowStory
        {
            PaymentId = paymentId,
            WorkflowId = workflowId,
            Status = Wording.Of(info.Status),
            Runs = [.. runs.Select(run => run.RunId)],
            IsIncomplete = isIncomplete,
            Events = runs.Sum(run => run.Events.Count),
            Entries = [.. runs.SelectMany((run, index) => HistoryTimeline.Read(run.Events, index == runs.Count - 1 ? described.PendingActivities : []))],
        };
    }

    private static async Task<(List<Run> Runs, bool IsIncomplete)> FetchRunsAsync(
        TemporalClient client, string workflowId, string newest, CancellationToken cancellationToken)
    {
        var runs = new List<Run>();
        for (var runId = newest; !string.IsNullOrEmpty(runId);)
        {
            try
            {
                var handle = client.GetWorkflowHandle(workflowId, runId);
                var history = await handle.FetchHistoryAsync(new() { Rpc = new() { CancellationToken = cancellationToken } });
                runs.Insert(0, new Run(runId, [.. history.Events]));
            }
            catch (RpcException failure) when (failure.Code is RpcException.StatusCode.NotFound && runs.Count > 0)
            {
                return (runs, true);
            }

            runId = runs[0].Events[0].WorkflowExecutionStartedEventAttributes?.ContinuedExecutionRunId;
        }

        return (runs, false);
    }

    private sealed record Run(string RunId, IReadOnlyList<HistoryEvent> Events);
}
