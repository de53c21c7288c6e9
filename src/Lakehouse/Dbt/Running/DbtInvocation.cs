using Recoup.Lakehouse.Dbt.Artifacts;
using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Projects;

namespace Recoup.Lakehouse.Dbt.Running;

/// <summary>Does one command on a parsed project.</summary>
internal sealed class DbtInvocation(DbtSession session, IProgress<DbtNodeResult>? progress)
{
    private readonly TargetFolder target = new(session.Project);

    public DbtRunResult List(IReadOnlySet<string> selected)
    {
        target.WriteArtifact("manifest.json", ManifestJson.Write(session));
        return new DbtRunResult(0, [], TimeSpan.Zero) { Names = [.. selected.Select(id => session.Manifest.Nodes[id].SearchName).Order(StringComparer.Ordinal)] };
    }

    public async Task<DbtRunResult> RunAsync(IReadOnlySet<string> selected, CancellationToken cancellation)
    {
        target.WriteArtifact("manifest.json", ManifestJson.Write(session));
        await session.RequireWarehouse().BeginRunAsync(cancellation);
        return session.Command.Verb switch
        {
            "build" or "run" or "test" or "seed" => await ExecuteAsync(selected, cancellation),
            var verb => throw DbtProjectException.Unsupported($"The command '{verb}'", "dbt", null, "Use build, run, test, seed, compile, ls, show or run-operation."),
        };
    }

    private async Task<DbtRunResult> ExecuteAsync(IReadOnlySet<string> selected, CancellationToken cancellation)
    {
        var compiler = new NodeCompiler(session);
        var outcomes = await new GraphRun(session, new NodeRunner(session, compiler, target), progress).RunAsync(selected, cancellation);
        target.WriteArtifact("run_results.json", RunResultsJson.Write(session, outcomes));
        return new DbtRunResult(outcomes.Any(outcome => outcome.IsFailure) ? 1 : 0, [.. outcomes.Select(GraphRun.Result)], TimeSpan.Zero)
        {
            Console = session.Console,
            Warnings = session.Warnings,
        };
    }
}
