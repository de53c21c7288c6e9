using Recoup.Lakehouse.Dbt.Artifacts;
using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Parsing;
using Recoup.Lakehouse.Dbt.Projects;
using Recoup.Lakehouse.Dbt.Warehouses;

namespace Recoup.Lakehouse.Dbt.Running;

/// <summary>The command <c>compile</c>: writes the SQL of nodes, or prints that of an inline query. The first that cannot be compiled ends it.</summary>
internal sealed class CompileRun(DbtSession session, TargetFolder target)
{
    private readonly NodeCompiler compiler = new(session);

    public IReadOnlyList<NodeOutcome> Run(IReadOnlySet<string> selected)
    {
        if (session.Command.Inline is { } sql)
        {
            var (node, code) = Inline(sql);
            session.Console.Add($"Compiled inline node is:\n{code}");
            return [new NodeOutcome(node, NodeOutcome.Success, null) { CompiledCode = code }];
        }

        var order = new ExecutionGraph(session.Manifest, withTests: false).Order(selected);
        return [.. order.Select(id => session.Manifest.Nodes[id]).Select(Compile)];
    }

    public (DbtNode Node, string Code) Inline(string sql)
    {
        var node = new InlineNode(session).Parse(sql);
        var code = Guarded(node);
        target.WriteCompiled(node, code);
        return (node, code);
    }

    private NodeOutcome Compile(DbtNode node)
    {
        var code = Guarded(node);
        target.WriteCompiled(node, code);
        return new NodeOutcome(node, NodeOutcome.Success, null) { CompiledCode = code, StartedAt = session.Base.Clock.GetUtcNow() };
    }

    private string Guarded(DbtNode node)
    {
        try
        {
            return compiler.Compile(node).Code;
        }
        catch (JinjaException failed)
        {
            throw TemplateFailure.Of(failed, node);
        }
        catch (WarehouseException failed)
        {
            throw new DbtProjectException("Runtime Error", failed.Message, node.Place, failed);
        }
    }
}
