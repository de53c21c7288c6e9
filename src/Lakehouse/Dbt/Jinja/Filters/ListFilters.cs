using System.Security.Cryptography;
using Recoup.Lakehouse.Dbt.Jinja.Calls;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using static Recoup.Lakehouse.Dbt.Jinja.Calls.Parameter;

namespace Recoup.Lakehouse.Dbt.Jinja.Filters;

/// <summary>Filters on sequences.</summary>
internal static class ListFilters
{
    public static IEnumerable<Function> All() =>
    [
        new("list", ["value"], a => new PyList(PyValue.Iterate(a[0]))),
        new("length", ["obj"], a => Length(a[0])),
        new("count", ["obj"], a => Length(a[0])),
        new("first", ["seq"], a => First(a[0])),
        new("last", ["seq"], a => Last(a[0])),
        new("random", ["seq"], a => Random(a[0])),
        new("join", ["value", Optional("d", ""), Optional("attribute")], Join),
        new("reverse", ["value"], a => Reverse(a[0])),
        new("batch", ["value", "linecount", Optional("fill_with")], a => new PyIterator(Batch(PyValue.Iterate(a[0]), PyInt.Small(a[1]), a[2]))),
        new("slice", ["value", "slices", Optional("fill_with")], a => new PyIterator(Slice([.. PyValue.Iterate(a[0])], PyInt.Small(a[1]), a[2]))),
        new("sum", ["iterable", Optional("attribute"), Optional("start", 0L)], Sum),
    ];

    private static object Length(object? value) =>
        (long)(PyValue.Length(value) ?? throw JinjaException.Runtime($"object of type '{PyType.NameOf(value)}' has no len()"));

    private static object? First(object? value)
    {
        foreach (var item in PyValue.Iterate(value))
        {
            return item;
        }

        return new JinjaUndefined("No first item, sequence was empty.");
    }

    private static object? Last(object? value)
    {
        if (value is PyIterator or PySet)
        {
            throw JinjaException.Runtime($"'{PyType.NameOf(value)}' object is not reversible");
        }

        return PyValue.Iterate(value).DefaultIfEmpty(new JinjaUndefined("No last item, sequence was empty.")).Last();
    }

    private static object? Random(object? value)
    {
        if (value is not (string or PyList or PyTuple or PyRange or JinjaUndefined))
        {
            throw JinjaException.Runtime($"'{PyType.NameOf(value)}' object is not subscriptable");
        }

        var items = PyValue.Iterate(value).ToList();
        return items.Count == 0 ? new JinjaUndefined("No random item, sequence was empty.") : items[RandomNumberGenerator.GetInt32(items.Count)];
    }

    private static string Join(object?[] arguments)
    {
        var getter = AttributePath.Getter(arguments[2]);
        return string.Join(PyValue.Text(arguments[1]), PyValue.Iterate(arguments[0]).Select(item => PyValue.Text(getter(item))));
    }

    private static object Reverse(object? value) => value switch
    {
        string text => PyText.Reverse(text),
        PyMarkup => throw JinjaException.Unsupported("reverse on text that was marked safe"),
        _ => new PyIterator(PyValue.Iterate(value).ToList().AsEnumerable().Reverse(), PyType.NameOf(value) + "_reverseiterator"),
    };

    private static IEnumerable<object?> Batch(IEnumerable<object?> items, int size, object? fill)
    {
        var batch = new PyList();
        foreach (var item in items)
        {
            if (batch.Count == size)
            {
                yield return batch;
                batch = [];
            }

            batch.Add(item);
        }

        if (batch.Count > 0)
        {
            while (fill is not null && batch.Count < size)
            {
                batch.Add(fill);
            }

            yield return batch;
        }
    }

    private static IEnumerable<object?> Slice(PyList items, int count, object? fill)
    {
        if (count <= 0)
        {
            throw JinjaException.Unsupported("slice into less than one");
        }

        var (size, larger) = Math.DivRem(items.Count, count);
        var start = 0;
        for (var number = 0; number < count; number++)
        {
            var length = size + (number < larger ? 1 : 0);
            var slice = new PyList(items.GetRange(start, length));
            start += length;
            if (fill is not null && number >= larger)
            {
                slice.Add(fill);
            }

            yield return slice;
        }
    }

    private static object? Sum(object?[] arguments)
    {
        var getter = AttributePath.Getter(arguments[1]);
        return PyValue.Iterate(arguments[0]).Aggregate(arguments[2], (sum, item) => PyArithmetic.Add(sum, getter(item)));
    }
}
