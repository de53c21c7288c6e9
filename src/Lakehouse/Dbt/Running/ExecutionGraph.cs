using Recoup.Lakehouse.Dbt.Graph;

namespace Recoup.Lakehouse.Dbt.Running;

/// <summary>
/// In which order nodes run: after what they read, and in a build after the tests of what they read and the unit tests of their own. Pure.
/// </summary>
internal sealed class ExecutionGraph
{
    private readonly Dictionary<string, HashSet<string>> before = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> after = new(StringComparer.Ordinal);

    public ExecutionGraph(DbtManifest manifest, bool withTests)
    {
        foreach (var node in manifest.Nodes.Values)
        {
            before[node.UniqueId] = [.. node.UnitTest is null ? node.DependsOn : manifest.Nodes[node.DependsOn[0]].DependsOn];
        }

        if (withTests)
        {
            AddTests(manifest, new DbtGraph(manifest.Nodes.Values));
        }

        foreach (var (id, of) in before)
        {
            of.ToList().ForEach(earlier => (after.TryGetValue(earlier, out var list) ? list : after[earlier] = []).Add(id));
        }
    }

    /// <summary>Everything that must not run when this failed.</summary>
    public HashSet<string> Dependents(string id)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var front = new Stack<string>([id]);
        while (front.TryPop(out var next))
        {
            after.GetValueOrDefault(next)?.Where(reached.Add).ToList().ForEach(front.Push);
        }

        return reached;
    }

    /// <summary>The nodes in the order in which one thread of dbt takes them: by how deep they are among those selected, then by id.</summary>
    public IReadOnlyList<string> Order(IReadOnlySet<string> selected)
    {
        var waits = selected.ToDictionary(id => id, id => NearestSelected(id, selected), StringComparer.Ordinal);
        var depths = new Dictionary<string, int>(StringComparer.Ordinal);
        int Depth(string id) => depths.TryGetValue(id, out var known) ? known
            : depths[id] = waits[id].Count == 0 ? 0 : waits[id].Max(Depth) + 1;
        return [.. selected.OrderBy(Depth).ThenBy(id => id, StringComparer.Ordinal)];
    }

    private HashSet<string> NearestSelected(string id, IReadOnlySet<string> selected)
    {
        var (found, seen, front) = (new HashSet<string>(), new HashSet<string>(), new Stack<string>(before[id]));
        while (front.TryPop(out var next))
        {
            if (seen.Add(next) && selected.Contains(next))
            {
                found.Add(next);
            }
            else if (before.TryGetValue(next, out var more) && !selected.Contains(next))
            {
                more.Where(earlier => !seen.Contains(earlier)).ToList().ForEach(front.Push);
            }
        }

        return found;
    }

    /// <summary>A node waits for a test when all that the test reads is upstream of the node.</summary>
    private void AddTests(DbtManifest manifest, DbtGraph graph)
    {
        var tests = manifest.Nodes.Values.Where(node => node.ResourceType == ResourceType.Test).ToList();
        foreach (var node in manifest.Nodes.Values.Where(node => node.ResourceType is not (ResourceType.Test or ResourceType.UnitTest)))
        {
            var upstream = graph.Ancestors([node.UniqueId]);
            before[node.UniqueId].UnionWith(tests.Where(test => test.DependsOn.Count > 0 && test.DependsOn.TrueForAll(upstream.Contains)).Select(test => test.UniqueId));
        }

        foreach (var unit in manifest.Nodes.Values.Where(node => node.UnitTest is not null))
        {
            before[unit.UniqueId] = [.. before[unit.DependsOn[0]].Where(id => manifest.Nodes[id].UnitTest is null)];
            before[unit.DependsOn[0]].Add(unit.UniqueId);
        }
    }
}
