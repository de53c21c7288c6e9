using Recoup.Lakehouse.Dbt.Artifacts;
using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Projects;

namespace Recoup.Lakehouse.Dbt.Running;

internal sealed class UnitTestRun(DbtSession session, NodeCompiler compiler, TargetFolder target)
{
    public Task<NodeOutcome> RunAsync(DbtNode node, UnitTestDefinition unit, CancellationToken cancellation)
    {
        _ = (session, compiler, target, unit, cancellation);
        throw DbtProjectException.Unsupported("A unit test", node.OriginalFilePath, null, "Use a data test.");
    }
}
