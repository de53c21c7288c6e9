using System.Globalization;
using Temporalio.Client;

namespace Recoup.Pipeline.Monitors;

/// <summary>Asks the visibility store, in queries that every Temporal server answers.</summary>
internal sealed class TemporalWorkflowGauge(ITemporalClient client) : IWorkflowGauge
{
    /// <summary>The median is taken over this many that the server names first; exact below, a sample above.</summary>
    private const int SampleMax = 1_000;

    public async Task<WorkflowCounts> ReadAsync(DateTimeOffset since, CancellationToken cancellation)
    {
        var rpc = new RpcOptions { CancellationToken = cancellation };
        var moment = since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var completed = $"CloseTime >= '{moment}' AND ExecutionStatus = 'Completed'";
        var failed = $"CloseTime >= '{moment}' AND ExecutionStatus IN ('Failed', 'TimedOut', 'Terminated')";
        return new WorkflowCounts(
            await CountAsync($"StartTime >= '{moment}'", rpc),
            await CountAsync(completed, rpc),
            await CountAsync(failed, rpc),
            Median(await DurationsAsync(completed, rpc)));
    }

    /// <summary>Pure. The lower one of the two in the middle.</summary>
    internal static TimeSpan? Median(List<TimeSpan> durations)
    {
        durations.Sort();
        return durations.Count == 0 ? null : durations[(durations.Count - 1) / 2];
    }

    private async Task<long> CountAsync(string query, RpcOptions rpc) => (await client.CountWorkflowsAsync(query, new() { Rpc = rpc })).Count;

    private async Task<List<TimeSpan>> DurationsAsync(string query, RpcOptions rpc)
    {
        List<TimeSpan> durations = [];
        await foreach (var workflow in client.ListWorkflowsAsync(query, new() { Rpc = rpc, Limit = SampleMax }))
        {
            if (workflow is { CloseTime: { } closed })
            {
                durations.Add(closed - workflow.StartTime);
            }
        }

        return durations;
    }
}
