using Recoup.Lakehouse.FlinkSql.Native;

namespace Recoup.Lakehouse.FlinkSql.Json;

internal enum LookupOutcome
{
    /// <summary>The text is no JSON, or a strict path leads to null or nowhere: ON ERROR decides.</summary>
    Error,

    /// <summary>A lax path leads to null or nowhere: ON EMPTY decides.</summary>
    Empty,

    Found,
}

/// <summary>
/// What a path finds in a text. One per thread: it keeps its tree and its lists from row to row.
/// </summary>
internal sealed class JsonLookup
{
    [ThreadStatic]
    private static JsonLookup? current;

    private readonly List<int> found = [];
    private readonly List<int> next = [];
    private readonly TextListBuilder keys = new();

    public static JsonLookup Current => current ??= new JsonLookup();

    public JsonTree Tree { get; } = new();

    /// <summary>The nodes found: one, or of a path with * any number.</summary>
    public IReadOnlyList<int> Found => found;

    /// <summary>The names that .keys() found.</summary>
    public TextListBuilder Keys => keys;

    public int Length { get; private set; }

    public LookupOutcome Find(ReadOnlySpan<byte> json, JsonPath path)
    {
        if (!Tree.TryParse(json))
        {
            return path.IsLax ? LookupOutcome.Empty : LookupOutcome.Error;
        }

        if (Tree[0].Kind == JsonKind.Null)
        {
            return LookupOutcome.Error;
        }

        found.Clear();
        found.Add(0);
        var isDefinite = true;
        foreach (var step in path.Steps)
        {
            if (step.Kind is StepKind.Keys or StepKind.Length)
            {
                return Apply(json, step.Kind) ? LookupOutcome.Found : Nothing(path);
            }

            next.Clear();
            foreach (var node in found)
            {
                if (!TryStep(json, node, step) && isDefinite)
                {
                    return !path.IsLax ? LookupOutcome.Error : path.IsDefinite ? LookupOutcome.Empty : Clear();
                }
            }

            isDefinite &= step.Kind != StepKind.All;
            found.Clear();
            found.AddRange(next);
        }

        return !isDefinite || Tree[found[0]].Kind != JsonKind.Null ? LookupOutcome.Found : Nothing(path);
    }

    /// <summary>A null is an error to a strict path.</summary>
    private static LookupOutcome Nothing(JsonPath path) => path.IsLax ? LookupOutcome.Empty : LookupOutcome.Error;

    private LookupOutcome Clear()
    {
        found.Clear();
        return LookupOutcome.Found;
    }

    private bool TryStep(ReadOnlySpan<byte> json, int node, PathStep step) => step.Kind switch
    {
        StepKind.Member => TryMember(json, node, step.Name),
        StepKind.Element => TryElement(node, step.Index),
        _ => AddAll(json, node),
    };

    private bool TryMember(ReadOnlySpan<byte> json, int node, string name)
    {
        if (Tree[node].Kind != JsonKind.Object)
        {
            return false;
        }

        var value = -1;
        for (var member = node + 1; member < Tree[node].Next; member = Tree[member + 1].Next)
        {
            if (JsonText.Unescape(json, Tree[member]) == name)
            {
                value = member + 1;
            }
        }

        if (value >= 0)
        {
            next.Add(value);
        }

        return value >= 0;
    }

    private bool TryElement(int node, int index)
    {
        if (Tree[node].Kind != JsonKind.Array)
        {
            return false;
        }

        var elements = new List<int>();
        for (var element = node + 1; element < Tree[node].Next; element = Tree[element].Next)
        {
            elements.Add(element);
        }

        index += index < 0 ? elements.Count : 0;
        if (index < 0 || index >= elements.Count)
        {
            return false;
        }

        next.Add(elements[index]);
        return true;
    }

    private bool AddAll(ReadOnlySpan<byte> json, int node)
    {
        if (Tree[node].Kind == JsonKind.Array)
        {
            for (var element = node + 1; element < Tree[node].Next; element = Tree[element].Next)
            {
                next.Add(element);
            }
        }
        else if (Tree[node].Kind == JsonKind.Object)
        {
            AddMembers(json, node, next);
        }

        return true;
    }

    /// <summary>The values of an object: of equal names the first place and the last value.</summary>
    private void AddMembers(ReadOnlySpan<byte> json, int node, List<int> values)
    {
        var first = values.Count;
        var next = Tree[node].Next;
        var seen = default(NameFilter);
        for (var member = node + 1; member < next; member = Tree[member + 1].Next)
        {
            var known = seen.MayHold(json, Tree[member]) ? first : values.Count;
            while (known < values.Count && !JsonTree.SameName(json, Tree[values[known] - 1], Tree[member]))
            {
                known++;
            }

            if (known == values.Count)
            {
                values.Add(member + 1);
            }
            else
            {
                values[known] = member + 1;
            }
        }
    }

    private bool Apply(ReadOnlySpan<byte> json, StepKind function)
    {
        var node = found[0];
        var kind = Tree[node].Kind;
        next.Clear();
        if (kind == JsonKind.Object)
        {
            AddMembers(json, node, next);
        }
        else if (kind == JsonKind.Array && function == StepKind.Length)
        {
            AddAll(json, node);
        }
        else
        {
            return false;
        }

        Length = next.Count;
        keys.Clear();
        if (function == StepKind.Keys)
        {
            foreach (var value in next)
            {
                JsonText.AddScalar(json, Tree, value - 1, keys);
            }
        }

        return true;
    }
}
