using Recoup.Lakehouse.Dbt.Context;
using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Parsing;

namespace Recoup.Lakehouse.Dbt.Running;

/// <summary>Compiles nodes, each once in a run.</summary>
internal sealed class NodeCompiler(DbtSession session)
{
    private readonly Dictionary<string, CompiledNode> compiled = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    public CompiledNode Compile(DbtNode node)
    {
        lock (gate)
        {
            return compiled.TryGetValue(node.UniqueId, out var done) ? done : compiled[node.UniqueId] = Render(node, [], (_, _) => { });
        }
    }

    /// <summary>Compiles a node that is not of the graph: a unit test, an inline query.</summary>
    /// <param name="replaced">Expressions that stand for tables; read after the template, which may add to them.</param>
    /// <param name="prepare">Changes what the template sees, and hears of the expressions that it names.</param>
    public CompiledNode Render(DbtNode node, IReadOnlyList<Cte> replaced, Action<ContextScope, ICollection<DbtNode>> prepare)
    {
        var named = new List<DbtNode>();
        var scope = CompileContext.Create(session, node, named);
        GenericTestArguments.AddTo(scope, node);
        prepare(scope, named);
        var own = JinjaTemplate.Parse(node.RawCode, node.OriginalFilePath).Render(scope.Jinja);
        var ctes = new List<Cte>(replaced);
        named.ForEach(ephemeral => AddCte(ephemeral, ctes));
        return new CompiledNode(CteInjection.Inject(own, ctes), own, ctes, scope);
    }

    private void AddCte(DbtNode ephemeral, List<Cte> ctes)
    {
        var inner = Compile(ephemeral);
        foreach (var cte in inner.Ctes.Append(new Cte(CompileContext.CteName(ephemeral.Alias), inner.OwnCode)))
        {
            if (!ctes.Exists(known => known.Name == cte.Name))
            {
                ctes.Add(cte);
            }
        }
    }
}
