using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Running;

namespace Recoup.Lakehouse.Dbt.Context;

/// <summary>The context while a node is compiled and run: names are relations, statements run.</summary>
internal static class CompileContext
{
    /// <param name="ctes">Hears of each ephemeral model that the template names, in order.</param>
    public static ContextScope Create(DbtSession session, DbtNode node, ICollection<DbtNode> ctes)
    {
        var scope = NodeContext.Create(session, node, isLenient: false);
        scope.Add("execute", () => true);
        scope.Add("this", () => node.ResourceType == ResourceType.Operation ? null : RelationValue.Of(node.Relation));
        scope.Add("ref", arguments => Ref(session, node, ctes, RefArguments.Ref(arguments)));
        scope.Add("source", arguments => Source(session, node, RefArguments.Source(arguments)));
        scope.Add("config", () => new RunConfig(node));
        scope.Add("var", () => new NodeVar(session.Variables, node.Name, isRequired: true));
        scope.Add("graph", () => GraphDictionary(session.Manifest));
        scope.Add("doc", arguments => Doc(session.Manifest, node, PyValue.Text(arguments.Positional[^1])));
        scope.Add("adapter", () => new AdapterObject(session, scope, canExecute: true));
        scope.Add("is_incremental", _ => IsIncremental(session, node));
        scope.Add("load_relation", arguments => Existing(session, (RelationValue)arguments.Require(0, "relation", "load_relation")!));
        scope.Add("selected_resources", () => new PyList());
        Statements.AddTo(scope, session);
        return scope;
    }

    private static RelationValue Ref(DbtSession session, DbtNode node, ICollection<DbtNode> ctes, RefCall call)
    {
        var target = session.Manifest.FindReferable(call.Name, call.Package, call.Version)
            ?? throw Refuse($"{References.Subject(node)} depends on a node named '{call.Name}' which was not found");
        if (node.ResourceType != ResourceType.Operation && !node.DependsOn.Contains(target.UniqueId))
        {
            throw Refuse(UnknownDependency(node, call));
        }

        if (!target.IsEphemeral)
        {
            return RelationValue.Of(target.Relation);
        }

        if (!ctes.Contains(target))
        {
            ctes.Add(target);
        }

        return EphemeralName(target);
    }

    public static RelationValue EphemeralName(DbtNode node) => new(null, null, CteName(node.Alias), "cte", CteName(node.Alias));

    public static string CteName(string name) => $"__dbt__cte__{name}";

    private static string UnknownDependency(DbtNode node, RefCall call) =>
        $"dbt was unable to infer all dependencies for the model \"{node.Name}\".\nThis typically happens when ref() is placed within a conditional block.\n\n"
        + $"To fix this, add the following hint to the top of the model \"{node.Name}\":\n\n"
        + $"-- depends_on: {{{{ ref('{(call.Package is null ? "" : $"{call.Package}', '")}{call.Name}'{(call.Version is null ? "" : $", v={call.Version}")}) }}}}";

    private static RelationValue Source(DbtSession session, DbtNode node, (string Source, string Table) call) =>
        session.Manifest.FindSource(call.Source, call.Table) is { } source
            ? RelationValue.Of(source.Relation)
            : throw Refuse($"{References.Subject(node)} depends on a source named '{call.Source}.{call.Table}' which was not found");

    private static string Doc(DbtManifest manifest, DbtNode node, string name) => manifest.Docs.TryGetValue(name, out var block)
        ? block.Contents
        : throw Refuse($"Documentation for '{node.UniqueId}' depends on doc '{name}' which was not found");

    private static bool IsIncremental(DbtSession session, DbtNode node) =>
        node.ResourceType == ResourceType.Model && node.Materialized == "incremental" && !NodeContext.ShouldFullRefresh(session, node)
        && Existing(session, RelationValue.Of(node.Relation)) is { Kind: "table" };

    private static RelationValue? Existing(DbtSession session, RelationValue relation) =>
        session.RequireWarehouse().ListAsync(relation.Schema ?? "", CancellationToken.None).GetAwaiter().GetResult()
            .FirstOrDefault(existing => existing.Relation.Name == relation.Identifier) is { } found
            ? relation with { Kind = found.Kind.ToString().ToLowerInvariant() }
            : null;

    private static PyDict GraphDictionary(DbtManifest manifest)
    {
        PyDict Of(Func<DbtNode, bool> which) => new(manifest.Nodes.Values.Where(which)
            .Select(node => KeyValuePair.Create<object?, object?>(node.UniqueId, Artifacts.NodeDictionary.Of(node))));
        return new PyDict
        {
            { "nodes", Of(node => node.Source is null && node.Exposure is null && node.UnitTest is null) },
            { "sources", Of(node => node.Source is not null) },
            { "exposures", Of(node => node.Exposure is not null) },
            { "metrics", new PyDict() },
            { "groups", new PyDict(manifest.Groups.Values.Select(group => KeyValuePair.Create<object?, object?>($"group.{group.PackageName}.{group.Name}", new PyDict { { "name", group.Name }, { "owner", group.Owner } }))) },
        };
    }

    private static JinjaException Refuse(string message) => new(JinjaErrorKind.Compilation, message);
}
