namespace Recoup.Lakehouse.Dbt.Graph;

/// <summary>Who reads whom. Pure; ids that are not among the nodes are not in it.</summary>
internal sealed class DbtGraph
{
    private readonly Dictionary<string, IReadOnlyList<string>> parents;
    private readonly Dictionary<string, List<string>> children;

    public DbtGraph(IEnumerable<DbtNode> nodes)
    {
        var list = nodes.ToList();
        var ids = list.Select(node => node.UniqueId).ToHashSet(StringComparer.Ordinal);
        parents = list.ToDictionary(
            node => node.UniqueId, IReadOnlyList<string> (node) => [.. node.DependsOn.Where(ids.Contains).Distinct()], StringComparer.Ordinal);
        children = list.ToDictionary(node => node.UniqueId, _ => new List<string>(), StringComparer.Ordinal);
        foreach (var (id, of) in parents)
        {
            of.ToList().ForEach(parent => children[parent].Add(id));
        }
    }

    public IReadOnlyList<string> Parents(string id) => parents.GetValueOrDefault(id) ?? [];

    public IReadOnlyList<string> Children(string id) => children.GetValueOrDefault(id) ?? [];

    public HashSet<string> Ancestors(IEnumerable<string> of, int? depthMax = null) => Reach(of, Parents, depthMax);

    public HashSet<string> Descendants(IEnumerable<string> of, int? depthMax = null) => Reach(of, Children, depthMax);

    /// <summary>A cycle as dbt prints it, from one node along its readers; <see langword="null"/> when there is none.</summary>
    public IReadOnlyList<string>? FindCycle()
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var start in parents.Keys.Where(id => !done.Contains(id)))
        {
            if (Walk(start, [], done) is { } cycle)
            {
                return cycle;
            }
        }

        return null;
    }

    private List<string>? Walk(string id, List<string> path, HashSet<string> done)
    {
        if (path.IndexOf(id) is var at and >= 0)
        {
            return path[at..];
        }

        if (!done.Add(id)) // Every path from here was walked and had no cycle.
        {
            return null;
        }

        path.Add(id);
        var found = Parents(id).Select(parent => Walk(parent, path, done)).FirstOrDefault(cycle => cycle is not null);
        path.RemoveAt(path.Count - 1);
        return found;
    }

    private static HashSet<string> Reach(IEnumerable<string> of, Func<string, IReadOnlyList<string>> next, int? depthMax)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var front = of.ToList();
        for (var depth = 0; front.Count > 0 && (depthMax is null || depth < depthMax); depth++)
        {
            front = [.. front.SelectMany(next).Where(reached.Add)];
        }

        return reached;
    }
}
