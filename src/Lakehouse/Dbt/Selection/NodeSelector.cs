using Recoup.Lakehouse.Dbt.Graph;

namespace Recoup.Lakehouse.Dbt.Selection;

/// <summary>How tests come with the nodes that were selected.</summary>
internal enum IndirectSelection
{
    /// <summary>A test of any selected node.</summary>
    Eager,

    /// <summary>A test all of whose nodes are selected.</summary>
    Cautious,

    /// <summary>A test all of whose nodes are selected or parents of such.</summary>
    Buildable,

    /// <summary>No test that is not selected itself.</summary>
    Empty,
}

/// <summary>Which nodes a selection means. Pure.</summary>
internal sealed class NodeSelector(IReadOnlyDictionary<string, DbtNode> nodes, DbtGraph graph, string projectRoot, IndirectSelection indirect)
{
    private readonly SelectorMethods methods = new(nodes, projectRoot);

    public HashSet<string> Select(Selection selection) => selection switch
    {
        Selection.Everything => [.. nodes.Keys],
        Selection.Single single => WithTests(WithNeighbours(single.Criterion, methods.Find(single.Criterion))),
        Selection.AnyOf any => any.Parts.Select(Select).Aggregate(new HashSet<string>(), Union),
        Selection.AllOf all => all.Parts.Select(Select).Aggregate(Intersection),
        Selection.Difference difference => Without(Select(difference.From), Select(difference.Without)),
        _ => throw new SelectionException($"unknown selection {selection}"),
    };

    private HashSet<string> WithNeighbours(SelectionCriterion criterion, HashSet<string> found)
    {
        var selected = new HashSet<string>(found);
        if (criterion.ChildrensParents)
        {
            var descendants = graph.Descendants(found);
            selected.UnionWith(descendants);
            selected.UnionWith(graph.Ancestors(selected.ToList()));
        }

        if (criterion.Parents)
        {
            selected.UnionWith(graph.Ancestors(found, criterion.ParentsDepth));
        }

        if (criterion.Children)
        {
            selected.UnionWith(graph.Descendants(found, criterion.ChildrenDepth));
        }

        return selected;
    }

    private HashSet<string> WithTests(HashSet<string> selected)
    {
        if (indirect is IndirectSelection.Empty)
        {
            return selected;
        }

        var allowed = indirect is IndirectSelection.Buildable ? Union(graph.Ancestors(selected), selected) : selected;
        var tests = graph.Descendants(selected, 1).Where(id =>
            nodes[id].ResourceType is ResourceType.Test or ResourceType.UnitTest
            && (indirect is IndirectSelection.Eager || nodes[id].DependsOn.TrueForAll(allowed.Contains)));
        return Union(new HashSet<string>(selected), tests);
    }

    private static HashSet<string> Union(HashSet<string> left, IEnumerable<string> right)
    {
        left.UnionWith(right);
        return left;
    }

    private static HashSet<string> Intersection(HashSet<string> left, HashSet<string> right)
    {
        left.IntersectWith(right);
        return left;
    }

    private static HashSet<string> Without(HashSet<string> left, HashSet<string> right)
    {
        left.ExceptWith(right);
        return left;
    }
}
