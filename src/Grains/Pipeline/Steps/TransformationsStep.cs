using Recoup.Clock;
using Recoup.Lakehouse.Dbt;

namespace Recoup.Pipeline.Steps;

/// <summary>Builds silver and gold: <c>dbt build</c>, models and tests in the order of their dependencies.</summary>
internal sealed class TransformationsStep(IDbtRunner dbt, IBusinessClock clock) : IPipelineStep
{
    public const string StepName = "transformations";

    /// <summary>At a fast clock an event may honestly be dated after the moment at which it came: then that is not suspicious.</summary>
    private const string RealTimeVariable = "business_time_is_wall_time";

    private const int NamedFailuresMax = 3;

    public string Name => StepName;

    public async Task<StepReport> RunAsync(PipelineRun run, CancellationToken cancellation)
    {
        var build = new DbtCommand("build") { Variables = new Dictionary<string, object?> { [RealTimeVariable] = clock.Scale == 1 } };
        var result = await dbt.RunAsync(build, cancellation: cancellation);
        cancellation.ThrowIfCancellationRequested();
        return new StepReport(result.Succeeded, Summarise(result));
    }

    private static string Summarise(DbtRunResult result)
    {
        if (result.Error is { } error)
        {
            return error;
        }

        var counts = string.Join(", ", result.Nodes.GroupBy(node => node.Status).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Count()} {group.Key}"));
        var failed = result.Nodes.Where(node => node.Status is "error" or "fail").ToList();
        var named = string.Join("; ", failed.Take(NamedFailuresMax).Select(node => $"{node.UniqueId}: {node.Message}"));
        return failed.Count switch
        {
            0 => $"{result.Nodes.Count} nodes: {counts}",
            > NamedFailuresMax => $"{counts}. {named}; and {failed.Count - NamedFailuresMax} more",
            _ => $"{counts}. {named}",
        };
    }
}
