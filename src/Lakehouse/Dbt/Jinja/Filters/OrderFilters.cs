using Recoup.Lakehouse.Dbt.Jinja.Calls;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using static Recoup.Lakehouse.Dbt.Jinja.Calls.Parameter;

namespace Recoup.Lakehouse.Dbt.Jinja.Filters;

/// <summary>Filters that compare items: by default without the case of text.</summary>
internal static class OrderFilters
{
    public static IEnumerable<Function> All() =>
    [
        new("sort", ["value", Optional("reverse", false), Optional("case_sensitive", false), Optional("attribute")], Sort),
        new("unique", ["value", Optional("case_sensitive", false), Optional("attribute")], a => new PyIterator(Unique(a))),
        new("min", ["value", Optional("case_sensitive", false), Optional("attribute")], a => Extreme(a, -1)),
        new("max", ["value", Optional("case_sensitive", false), Optional("attribute")], a => Extreme(a, 1)),
        new("groupby", ["value", "attribute", Optional("default"), Optional("case_sensitive", false)], GroupBy),
    ];

    private static PyList Sort(object?[] arguments) => PySort.Sort(
        Items(arguments[0]), AttributePath.Getters(arguments[3], AttributePath.Adjust(arguments[2])), PyValue.IsTrue(arguments[1]));

    private static IEnumerable<object?> Items(object? value) => value is PySet set ? set.InAnyOrder() : PyValue.Iterate(value);

    private static IEnumerable<object?> Unique(object?[] arguments)
    {
        var (getter, adjust) = (AttributePath.Getter(arguments[2]), AttributePath.Adjust(arguments[1]));
        var seen = new PySet([]);
        foreach (var item in PyValue.Iterate(arguments[0]))
        {
            var key = adjust(getter(item));
            if (!seen.Contains(key))
            {
                seen.Add(key);
                yield return item;
            }
        }
    }

    /// <summary>The first of the smallest (-1) or largest (1) items.</summary>
    private static object? Extreme(object?[] arguments, int direction)
    {
        var (getter, adjust) = (AttributePath.Getter(arguments[2]), AttributePath.Adjust(arguments[1]));
        object? best = new JinjaUndefined("No aggregated item, sequence was empty.");
        object? bestKey = null;
        var isFirst = true;
        foreach (var item in Items(arguments[0]))
        {
            var key = adjust(getter(item));
            if (isFirst || PyOrder.Compare(key, bestKey, direction < 0 ? "<" : ">") * direction > 0)
            {
                (best, bestKey, isFirst) = (item, key, false);
            }
        }

        return best;
    }

    private static PyList GroupBy(object?[] arguments)
    {
        var (getter, adjust) = (AttributePath.Getter(arguments[1], arguments[2]), AttributePath.Adjust(arguments[3]));
        var groups = new PyList();
        object? lastKey = null;
        foreach (var item in PySort.Sort(Items(arguments[0]), item => adjust(getter(item))))
        {
            var key = adjust(getter(item));
            if (groups.Count > 0 && PyValue.AreEqual(key, lastKey))
            {
                ((PyList)((PyTuple)groups[^1]!).Items[1]!).Add(item);
            }
            else
            {
                groups.Add(new PyTuple(getter(item), new PyList([item])) { Names = ["grouper", "list"] });
            }

            lastKey = key;
        }

        return groups;
    }
}
