using Recoup.Lakehouse.Dbt.Context;
using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Projects;
using Recoup.Lakehouse.Dbt.Running;

namespace Recoup.Lakehouse.Dbt.Parsing;

/// <summary>Finds what each node's references mean, and refuses what cannot be.</summary>
internal sealed class ManifestLinker(DbtManifest manifest, DbtSession session)
{
    public void Link()
    {
        foreach (var node in manifest.Nodes.Values.ToList())
        {
            LinkNode(node);
        }

        Duplicates.Check(manifest.Nodes.Values);
        manifest.Nodes.Values.ToList().ForEach(CheckGroup);
        RefuseCycles();
        PrimaryKeys.Set(manifest.Nodes.Values);
    }

    private void LinkNode(DbtNode node)
    {
        if (node.UnitTest is { } unit)
        {
            LinkUnitTest(node, unit);
            return;
        }

        foreach (var id in node.Refs.Select(call => Find(node, call)).Concat(node.Sources.Select(call => Find(node, call))))
        {
            if (id is null)
            {
                // dbt warns of a test on what is not there, and drops it.
                manifest.Nodes.Remove(node.UniqueId);
                return;
            }

            if (!node.DependsOn.Contains(id))
            {
                node.DependsOn.Add(id);
            }
        }
    }

    private void LinkUnitTest(DbtNode node, UnitTestDefinition unit)
    {
        var (name, version) = unit.Model.Split(".v") is [var plain, var number] ? (plain, number) : (unit.Model, null);
        var model = manifest.FindReferable(name, null, version);
        if (model is null && manifest.FindDisabled(name, null, version) is not null)
        {
            manifest.Nodes.Remove(node.UniqueId);
            return;
        }

        node.DependsOn.Add(model?.UniqueId
            ?? throw DbtProjectException.Parsing($"Unable to find model '{session.Project.Name}.{unit.Model}' for unit test '{node.Name}' in {node.OriginalFilePath}"));
    }

    private string? Find(DbtNode node, RefCall call)
    {
        if (manifest.FindReferable(call.Name, call.Package, call.Version) is { } found)
        {
            CheckAccess(node, found);
            return found.UniqueId;
        }

        var where = $"a node named '{call.Name}'{(call.Version is null ? "" : $" with version '{call.Version}'")}{(call.Package is null ? "" : $" in package or project '{call.Package}'")}";
        var why = manifest.FindDisabled(call.Name, call.Package, call.Version) is null ? "which was not found" : "which is disabled";
        return Missing(node, $"{References.Subject(node)} depends on {where} {why}");
    }

    private string? Find(DbtNode node, (string Source, string Table) call)
    {
        var why = manifest.Disabled.Values.Any(source => source.Source?.SourceName == call.Source && source.Name == call.Table) ? "which is disabled" : "which was not found";
        return manifest.FindSource(call.Source, call.Table)?.UniqueId
            ?? Missing(node, $"{References.Subject(node)} depends on a source named '{call.Source}.{call.Table}' {why}");
    }

    private string? Missing(DbtNode node, string message)
    {
        if (node.Test is null)
        {
            throw DbtProjectException.Compilation(message);
        }

        session.Warnings.Add(message);
        return null;
    }

    private static void CheckAccess(DbtNode node, DbtNode found)
    {
        if (found.ResourceType == ResourceType.Model && found.Access == "private" && found.Group is not null && node.Group != found.Group
            && node.ResourceType is ResourceType.Model or ResourceType.Exposure or ResourceType.Analysis && node.Exposure is null)
        {
            throw DbtProjectException.Parsing(
                $"Node {node.UniqueId} attempted to reference node {found.UniqueId}, which is not allowed because the referenced node is private to the '{found.Group}' group.",
                node.Place);
        }
    }

    private void CheckGroup(DbtNode node)
    {
        if (node.Group is { } group && !manifest.Groups.ContainsKey(group))
        {
            throw DbtProjectException.Parsing($"Invalid group '{group}', expected one of [{string.Join(", ", manifest.Groups.Keys.Select(name => $"'{name}'"))}]", node.Place);
        }
    }

    private void RefuseCycles()
    {
        if (new DbtGraph(manifest.Nodes.Values).FindCycle() is { } cycle)
        {
            throw DbtProjectException.Runtime(
                $"Found a cycle: {string.Join(" --> ", cycle)}\n{string.Join('\n', cycle.Select(id => $"- {id} ({manifest.Nodes[id].OriginalFilePath})"))}");
        }
    }
}
