using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Running;

namespace Recoup.Lakehouse.Dbt.Context;

/// <summary>The context while a node is parsed: it hears of <c>ref</c>, <c>source</c> and <c>config</c>, and runs nothing.</summary>
internal static class ParseContext
{
    public static ContextScope Create(DbtSession session, DbtNode node, NodeCapture capture)
    {
        var scope = NodeContext.Create(session, node, isLenient: true);
        var here = RelationValue.Of(node.Relation);
        scope.Add("execute", () => false);
        scope.Add("this", () => here);
        scope.Add("ref", arguments =>
        {
            capture.AddRef(RefArguments.Ref(arguments));
            return here;
        });
        scope.Add("source", arguments =>
        {
            var (source, table) = RefArguments.Source(arguments);
            capture.AddSource(source, table);
            return here;
        });
        scope.Add("config", () => new ParseConfig(capture));
        scope.Add("var", () => new NodeVar(session.Variables, node.Name, isRequired: false));
        scope.Add("graph", () => new PyDict { { "nodes", new PyDict() }, { "sources", new PyDict() }, { "exposures", new PyDict() }, { "groups", new PyDict() } });
        scope.Add("doc", _ => ContextFunction.Nothing);
        scope.Add("statement", _ => ContextFunction.Nothing);
        scope.Add("run_query", _ => null);
        scope.Add("load_result", _ => null);
        scope.Add("load_relation", _ => null);
        scope.Add("is_incremental", _ => false);
        scope.Add("adapter", () => new AdapterObject(session, scope, canExecute: false));
        return scope;
    }
}
