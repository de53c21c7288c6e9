using Recoup.Lakehouse.Dbt;

namespace Recoup.Silo.Pipeline;

/// <summary>Says that this build has no dbt runner: the transformations fail by name, and the rest of the pipeline runs.</summary>
internal sealed class AbsentDbtRunner : IDbtRunner
{
    public Task<DbtRunResult> RunAsync(DbtCommand command, IProgress<DbtNodeResult>? progress = null, CancellationToken cancellation = default) =>
        Task.FromResult(new DbtRunResult(2, [], TimeSpan.Zero, "This build has no dbt runner: silver and gold are not built."));
}
