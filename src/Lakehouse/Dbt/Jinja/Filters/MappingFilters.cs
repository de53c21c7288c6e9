using Recoup.Lakehouse.Dbt.Jinja.Calls;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using static Recoup.Lakehouse.Dbt.Jinja.Calls.Parameter;

namespace Recoup.Lakehouse.Dbt.Jinja.Filters;

/// <summary>Filters on dicts.</summary>
internal static class MappingFilters
{
    public static IEnumerable<Function> All() =>
    [
        new("items", ["value"], a => Items(a[0])),
        new("dictsort", ["value", Optional("case_sensitive", false), Optional("by", "key"), Optional("reverse", false)], DictSort),
        new("pprint", ["value"], a => Print(a[0])),
    ];

    private static PyIterator Items(object? value) => value switch
    {
        JinjaUndefined => new([]),
        PyDict dict => new(new PyDictView(dict, "items").Items),
        JinjaMapping => throw JinjaException.Unsupported("the items of a dict of dbt's own"),
        _ => throw JinjaException.Runtime("Can only get item pairs from a mapping."),
    };

    private static PyList DictSort(object?[] arguments)
    {
        if (arguments[2] is not ("key" or "value"))
        {
            throw JinjaException.Runtime("You can only sort by either \"key\" or \"value\"");
        }

        if (arguments[0] is JinjaUndefined undefined)
        {
            throw JinjaException.Undefined(undefined.Message);
        }

        var dict = arguments[0] as PyDict ?? throw JinjaException.Runtime($"'{PyType.NameOf(arguments[0])}' object has no attribute 'items'");
        var adjust = AttributePath.Adjust(arguments[1]);
        var part = arguments[2] is "key" ? 0 : 1;
        return PySort.Sort(new PyDictView(dict, "items").Items, pair => adjust(((PyTuple)pair!).Items[part]), PyValue.IsTrue(arguments[3]));
    }

    /// <summary>Python's <c>pprint</c> while all fits into its line of 80.</summary>
    private static string Print(object? value)
    {
        var text = PyValue.Repr(Sorted(value));
        return text.Length <= 80 && !(value is string && text.Contains(@"\n", StringComparison.Ordinal))
            ? text
            : throw JinjaException.Unsupported("pprint of what does not fit into a line");
    }

    private static object? Sorted(object? value) => value switch
    {
        PyDict dict => new PyDict(PySort.ByKey(dict).Select(entry => KeyValuePair.Create(entry.Key, Sorted(entry.Value)))),
        PyList list => new PyList(list.Select(Sorted)),
        PyTuple tuple => new PyTuple([.. tuple.Items.Select(Sorted)]),
        _ => value,
    };
}
