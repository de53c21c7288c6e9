using Temporalio.Client;

namespace Recoup.Platform.Bench.Checks;

/// <summary>What the workflow server has counted. A recovery that finds no money completes too: failed is one that could not do its work.</summary>
internal sealed record WorkflowFigures
{
    public required long Started { get; init; }
    public required long Completed { get; init; }
    public required long Failed { get; init; }
    public required long Running { get; init; }

    /// <summary>Of those that closed; null when none did.</summary>
    public double? ShareSucceeded => Completed + Failed == 0 ? null : (double)Completed / (Completed + Failed);

    public static async Task<WorkflowFigures> ReadAsync(string server)
    {
        var client = await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(server));
        return new WorkflowFigures
        {
            Started = await CountAsync(client, ""),
            Completed = await CountAsync(client, "ExecutionStatus = 'Completed'"),
            Failed = await CountAsync(client, "ExecutionStatus IN ('Failed', 'TimedOut', 'Terminated', 'Canceled')"),
            Running = await CountAsync(client, "ExecutionStatus = 'Running'"),
        };
    }

    private static async Task<long> CountAsync(TemporalClient client, string query) => (await client.CountWorkflowsAsync(query)).Count;
}
