using Recoup.Lakehouse.Dbt.Jinja.Calls;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Methods;

/// <summary>The methods of Python's <c>set</c>.</summary>
internal static class SetMethods
{
    public static FunctionTable Table { get; } = new(
        "method",
        [
            new("add", ["_set", "_item"], a => Do(() => Self(a).Add(a[1]))),
            new("discard", ["_set", "_item"], a => Do(() => Self(a).Remove(a[1]))),
            new("remove", ["_set", "_item"], a => Do(() => Remove(a))),
            new("clear", ["_set"], a => Do(Self(a).Clear)),
            new("copy", ["_set"], a => new PySet(Self(a).InAnyOrder())),
            new("update", ["_set", "_items"], a => Do(() => PyValue.Iterate(a[1]).ToList().ForEach(Self(a).Add))),
            new("union", ["_set", "_items"], a => new PySet(Self(a).InAnyOrder().Concat(Other(a).InAnyOrder()))),
            new("intersection", ["_set", "_items"], a => new PySet(Self(a).InAnyOrder().Where(Other(a).Contains))),
            new("difference", ["_set", "_items"], a => new PySet(Self(a).InAnyOrder().Where(item => !Other(a).Contains(item)))),
            new("issubset", ["_set", "_items"], a => Self(a).IsSubsetOf(Other(a))),
            new("issuperset", ["_set", "_items"], a => Other(a).IsSubsetOf(Self(a))),
        ],
        "pop",
        "isdisjoint",
        "symmetric_difference",
        "symmetric_difference_update",
        "difference_update",
        "intersection_update");

    private static PySet Self(object?[] arguments) => (PySet)arguments[0]!;

    private static PySet Other(object?[] arguments) =>
        arguments[1] as PySet ?? new PySet(PyValue.Iterate(arguments[1]));

    private static object? Do(Action change)
    {
        change();
        return null;
    }

    private static void Remove(object?[] arguments)
    {
        if (!Self(arguments).Remove(arguments[1]))
        {
            throw JinjaException.Runtime(PyValue.Repr(arguments[1]));
        }
    }
}
