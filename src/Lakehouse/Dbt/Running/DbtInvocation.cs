using Recoup.Lakehouse.Dbt.Artifacts;
using Recoup.Lakehouse.Dbt.Projects;

namespace Recoup.Lakehouse.Dbt.Running;

/// <summary>Does one command on a parsed project.</summary>
internal sealed class DbtInvocation(DbtSession session, IProgress<DbtNodeResult>? progress)
{
    private readonly TargetFolder target = session.Target;

    public DbtRunResult List(IReadOnlySet<string> selected)
    {
        target.WriteArtifact("manifest.json", ManifestJson.Write(session));
        return Ended(0, []) with { Names = [.. selected.Select(id => session.Manifest.Nodes[id].SearchName).Order(StringComparer.Ordinal)] };
    }

    public async Task<DbtRunResult> RunAsync(IReadOnlySet<string> selected, CancellationToken cancellation)
    {
        target.WriteArtifact("manifest.json", ManifestJson.Write(session));
        await session.RequireWarehouse().BeginRunAsync(cancellation);
        return session.Command.Verb switch
        {
            "build" or "run" or "test" or "seed" => await ExecuteAsync(selected, cancellation),
            "compile" => Results(new CompileRun(session, target).Run(selected)),
            "show" => Results(await new ShowRun(session, target).RunAsync(selected, cancellation)),
            "run-operation" => Results([new OperationRun(session).Run()]),
            "source freshness" => await FreshnessAsync(selected, cancellation),
            var verb => throw DbtProjectException.Unsupported($"The command '{verb}'", "dbt", null, "Use build, run, test, seed, compile, ls, show, source freshness or run-operation."),
        };
    }

    private async Task<DbtRunResult> ExecuteAsync(IReadOnlySet<string> selected, CancellationToken cancellation)
    {
        var runner = new NodeRunner(session, new NodeCompiler(session), target);
        return Results(await new GraphRun(session, runner, progress).RunAsync(selected, cancellation));
    }

    private DbtRunResult Results(IReadOnlyList<NodeOutcome> outcomes)
    {
        target.WriteArtifact("run_results.json", RunResultsJson.Write(session, outcomes));
        return Ended(outcomes.Any(outcome => outcome.IsFailure) ? 1 : 0, outcomes);
    }

    private async Task<DbtRunResult> FreshnessAsync(IReadOnlySet<string> selected, CancellationToken cancellation)
    {
        var outcomes = await new FreshnessRun(session).RunAsync(selected.Select(id => session.Manifest.Nodes[id]), cancellation);
        target.WriteArtifact("sources.json", SourcesJson.Write(session, outcomes));
        return Ended(outcomes.Any(outcome => outcome.Node.Status is "error" or "runtime error") ? 1 : 0, [.. outcomes.Select(outcome => outcome.Node)]);
    }

    private DbtRunResult Ended(int exitCode, IReadOnlyList<NodeOutcome> outcomes) => new(exitCode, [.. outcomes.Select(GraphRun.Result)], TimeSpan.Zero)
    {
        Console = session.Console,
        Warnings = session.Warnings,
    };
}
