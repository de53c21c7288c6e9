using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Projects;

namespace Recoup.Lakehouse.Dbt.Selection;

/// <summary>The nodes that a command means: its selectors, and the kinds of nodes that its verb works on.</summary>
internal sealed class NodeSelection(DbtManifest manifest, ProjectDefinition project, DbtCommand command)
{
    private static readonly Dictionary<string, string[]> KindsByVerb = new(StringComparer.Ordinal)
    {
        ["run"] = [ResourceType.Model],
        ["seed"] = [ResourceType.Seed],
        ["test"] = [ResourceType.Test, ResourceType.UnitTest],
        ["build"] = [ResourceType.Model, ResourceType.Seed, ResourceType.Test, ResourceType.UnitTest, ResourceType.Exposure],
        ["compile"] = [ResourceType.Model, ResourceType.Analysis, ResourceType.Test],
        ["show"] = [ResourceType.Model, ResourceType.Analysis, ResourceType.Test, ResourceType.Seed],
        ["source freshness"] = [ResourceType.Source],
    };

    /// <exception cref="DbtProjectException">The selection is refused.</exception>
    public HashSet<string> Select()
    {
        try
        {
            var selected = new NodeSelector(manifest.Nodes, new DbtGraph(manifest.Nodes.Values), project.Root, Indirect()).Select(Written());
            selected.RemoveWhere(id => !IsKind(manifest.Nodes[id].ResourceType) || IsEmpty(manifest.Nodes[id]));
            return selected;
        }
        catch (SelectionException refused)
        {
            throw DbtProjectException.Runtime(refused.Message);
        }
    }

    /// <summary>dbt passes over a file without text.</summary>
    private bool IsEmpty(DbtNode node) => command.Verb is not ("ls" or "list") && node.RawCode.Length == 0
        && node.ResourceType is ResourceType.Model or ResourceType.Analysis or ResourceType.Test;

    private Selection Written()
    {
        var selectors = SelectorFile.Read(project);
        return command.Selector is { } named ? selectors.Get(named)
            : command.Select.Count == 0 && command.Exclude.Count == 0 && selectors.Default is { } standard ? standard
            : Selection.FromWords(command.Select, command.Exclude);
    }

    private bool IsKind(string type) => IsVerbs(type)
        && (command.ResourceTypes.Count == 0 || command.ResourceTypes.Contains("all") || command.ResourceTypes.Contains(type))
        && !command.ExcludeResourceTypes.Contains(type);

    private bool IsVerbs(string type) => KindsByVerb.TryGetValue(command.Verb, out var kinds) ? kinds.Contains(type)
        : ResourceType.Listed.Contains(type) || command.ResourceTypes.Contains(type);

    private IndirectSelection Indirect() => Enum.TryParse<IndirectSelection>(command.IndirectSelection, ignoreCase: true, out var known)
        ? known
        : throw DbtProjectException.Runtime($"'{command.IndirectSelection}' is not a mode of indirect selection: eager, cautious, buildable or empty.");
}
