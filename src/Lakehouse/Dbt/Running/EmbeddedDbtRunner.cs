using Recoup.Lakehouse.Dbt.Parsing;
using Recoup.Lakehouse.Dbt.Projects;
using Recoup.Lakehouse.Dbt.Selection;

namespace Recoup.Lakehouse.Dbt.Running;

/// <summary>Runs a dbt project in this process.</summary>
internal sealed class EmbeddedDbtRunner(DbtSettings settings) : IDbtRunner
{
    public async Task<DbtRunResult> RunAsync(DbtCommand command, IProgress<DbtNodeResult>? progress = null, CancellationToken cancellation = default)
    {
        var started = settings.Clock.GetTimestamp();
        try
        {
            // Templates are synchronous and wait for their statements: not on the caller's thread.
            var outcome = await Task.Run(() => InvokeAsync(command, progress, cancellation), cancellation);
            return outcome with { Elapsed = settings.Clock.GetElapsedTime(started) };
        }
        catch (DbtProjectException refused)
        {
            return new DbtRunResult(2, [], settings.Clock.GetElapsedTime(started), refused.Message);
        }
    }

    private async Task<DbtRunResult> InvokeAsync(DbtCommand command, IProgress<DbtNodeResult>? progress, CancellationToken cancellation)
    {
        var session = new SessionFactory(settings, command).Create();
        session.Manifest = new ProjectParser(session).Parse();
        var invocation = new DbtInvocation(session, progress);
        if (command.Verb is "parse" or "ls" or "list")
        {
            return invocation.List(command.Verb == "parse" ? [] : new NodeSelection(session.Manifest, session.Project, command).Select());
        }

        var selected = new NodeSelection(session.Manifest, session.Project, command).Select();
        await using var warehouse = settings.OpenWarehouse(session.Profile);
        session.Warehouse = warehouse;
        return await invocation.RunAsync(selected, cancellation);
    }
}
