using Recoup.Lakehouse.Dbt.Jinja.Calls;
using Recoup.Lakehouse.Dbt.Jinja.Testing;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Filters;

/// <summary>Filters that apply other filters and tests to each item, when the items are asked for.</summary>
internal static class SelectionFilters
{
    public static IEnumerable<Function> All() =>
    [
        new("map", Function.Anything, a => Map(a[0], (JinjaArguments)a[1]!)),
        new("select", Function.Anything, a => Select(a[0], (JinjaArguments)a[1]!, isAttribute: false, isWanted: true)),
        new("reject", Function.Anything, a => Select(a[0], (JinjaArguments)a[1]!, isAttribute: false, isWanted: false)),
        new("selectattr", Function.Anything, a => Select(a[0], (JinjaArguments)a[1]!, isAttribute: true, isWanted: true)),
        new("rejectattr", Function.Anything, a => Select(a[0], (JinjaArguments)a[1]!, isAttribute: true, isWanted: false)),
    ];

    private static PyIterator Map(object? items, JinjaArguments arguments) => new(Mapped(items, arguments));

    private static IEnumerable<object?> Mapped(object? items, JinjaArguments arguments)
    {
        // Jinja asks for the filter only where there is something to map.
        if (!PyValue.IsTrue(items))
        {
            yield break;
        }

        var mapping = arguments.Positional.Count == 0 && arguments.Keywords.ContainsKey("attribute") ? ByAttribute(arguments) : ByFilter(arguments);
        foreach (var item in PyValue.Iterate(items))
        {
            yield return mapping(item);
        }
    }

    private static Func<object?, object?> ByAttribute(JinjaArguments arguments)
    {
        var surplus = arguments.Keywords.Keys.FirstOrDefault(name => name is not ("attribute" or "default"));
        return surplus is null
            ? AttributePath.Getter(arguments.Keywords["attribute"], arguments.Keywords.GetValueOrDefault("default"))
            : throw JinjaException.Runtime($"Unexpected keyword argument '{surplus}'");
    }

    private static Func<object?, object?> ByFilter(JinjaArguments arguments)
    {
        if (arguments.Positional.Count == 0)
        {
            throw JinjaException.Runtime("map requires a filter argument");
        }

        var name = Name(arguments.Positional[0], "filter");
        var filter = FilterCatalog.Get(name, $"No filter named '{name}'.");
        var rest = new JinjaArguments([.. arguments.Positional.Skip(1)], arguments.Keywords);
        return item => filter.CallOn(item, rest);
    }

    private static PyIterator Select(object? items, JinjaArguments arguments, bool isAttribute, bool isWanted) =>
        new(Selected(items, arguments, isAttribute, isWanted));

    private static IEnumerable<object?> Selected(object? items, JinjaArguments arguments, bool isAttribute, bool isWanted)
    {
        if (!PyValue.IsTrue(items))
        {
            yield break;
        }

        if (isAttribute && arguments.Positional.Count == 0)
        {
            throw JinjaException.Runtime("Missing parameter for attribute name");
        }

        var getter = isAttribute ? AttributePath.Getter(arguments.Positional[0]) : item => item;
        var predicate = Predicate(new([.. arguments.Positional.Skip(isAttribute ? 1 : 0)], arguments.Keywords));
        foreach (var item in PyValue.Iterate(items))
        {
            if (predicate(getter(item)) == isWanted)
            {
                yield return item;
            }
        }
    }

    private static Func<object?, bool> Predicate(JinjaArguments arguments)
    {
        if (arguments.Positional.Count == 0)
        {
            return PyValue.IsTrue;
        }

        var name = Name(arguments.Positional[0], "test");
        var test = TestCatalog.Get(name, $"No test named '{name}'.");
        var rest = new JinjaArguments([.. arguments.Positional.Skip(1)], arguments.Keywords);
        return item => PyValue.IsTrue(test.CallOn(item, rest));
    }

    private static string Name(object? value, string kind) =>
        value as string ?? throw JinjaException.Runtime($"No {kind} named {PyValue.Repr(value)}.");
}
