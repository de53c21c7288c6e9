using Recoup.Lakehouse.Dbt.Jinja.Calls;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using static Recoup.Lakehouse.Dbt.Jinja.Calls.Parameter;

namespace Recoup.Lakehouse.Dbt.Jinja.Methods;

/// <summary>The methods of Python's <c>list</c>; those that change it answer None.</summary>
internal static class ListMethods
{
    public static FunctionTable Table { get; } = new("method",
    [
        new("append", ["_list", "_item"], a => Do(() => Self(a).Add(a[1]))),
        new("extend", ["_list", "_items"], a => Do(() => Self(a).AddRange([.. PyValue.Iterate(a[1])]))),
        new("insert", ["_list", "_index", "_item"], a => Do(() => Self(a).Insert(Position(Self(a), a[1]), a[2]))),
        new("remove", ["_list", "_item"], a => Do(() => Self(a).RemoveAt(Find(a, "list.remove(x): x not in list")))),
        new("pop", ["_list", Optional("_index", -1L)], Pop),
        new("clear", ["_list"], a => Do(Self(a).Clear)),
        new("reverse", ["_list"], a => Do(Self(a).Reverse)),
        new("copy", ["_list"], a => new PyList(Self(a))),
        new("index", ["_list", "_item", Optional("_start"), Optional("_end")], Index),
        new("count", ["_list", "_item"], a => (long)Self(a).Count(item => PyValue.AreEqual(item, a[1]))),
        new("sort", ["_list", Optional("key"), Optional("reverse", false)], Sort),
    ]);

    /// <summary>The place of an item, searched as <c>index(item, start, end)</c> does.</summary>
    public static object Index(object?[] arguments)
    {
        if (arguments.Length > 2 && (arguments[2] ?? arguments[3]) is not null)
        {
            throw JinjaException.Unsupported("index() of a list with a start or an end");
        }

        return (long)Find(arguments, $"{PyType.NameOf(arguments[1])} is not in list");
    }

    private static PyList Self(object?[] arguments) => (PyList)arguments[0]!;

    private static object? Do(Action change)
    {
        change();
        return null;
    }

    private static int Find(object?[] arguments, string problem)
    {
        var items = arguments[0] is PyTuple tuple ? tuple.Items : Self(arguments);
        for (var index = 0; index < items.Count; index++)
        {
            if (PyValue.AreEqual(items[index], arguments[1]))
            {
                return index;
            }
        }

        throw JinjaException.Runtime(problem);
    }

    private static int Position(PyList list, object? index)
    {
        var position = PyInt.Small(index);
        return Math.Clamp(position < 0 ? position + list.Count : position, 0, list.Count);
    }

    private static object? Pop(object?[] arguments)
    {
        var list = Self(arguments);
        var index = PyInt.Small(arguments[1]);
        var position = index < 0 ? index + list.Count : index;
        if (position < 0 || position >= list.Count)
        {
            throw JinjaException.Runtime(list.Count == 0 ? "pop from empty list" : "pop index out of range");
        }

        var item = list[position];
        list.RemoveAt(position);
        return item;
    }

    private static object? Sort(object?[] arguments)
    {
        var list = Self(arguments);
        Func<object?, object?> key = arguments[1] switch
        {
            null => item => item,
            IJinjaCallable callable => item => callable.Call(new(item)),
            _ => throw JinjaException.Runtime($"'{PyType.NameOf(arguments[1])}' object is not callable"),
        };
        var sorted = PySort.Sort(list, key, PyValue.IsTrue(arguments[2]));
        list.Clear();
        list.AddRange(sorted);
        return null;
    }
}
