using Recoup.Lakehouse.Dbt.Jinja.Calls;
using Recoup.Lakehouse.Dbt.Jinja.Formatting;
using Recoup.Lakehouse.Dbt.Jinja.Methods;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using static Recoup.Lakehouse.Dbt.Jinja.Calls.Parameter;

namespace Recoup.Lakehouse.Dbt.Jinja.Filters;

/// <summary><c>default</c>, <c>attr</c>, <c>format</c>, and dbt's own filters.</summary>
internal static class ValueFilters
{
    public static IEnumerable<Function> All() =>
    [
        new("default", ["value", Optional("default_value", ""), Optional("boolean", false)], Default),
        new("d", ["value", Optional("default_value", ""), Optional("boolean", false)], Default),
        new("attr", ["obj", "name"], Attribute),
        new("format", Function.Anything, a => Format(a[0], (JinjaArguments)a[1]!)),
        new("is_list", ["value"], a => a[0] is PyList),
        new("as_text", ["value"], a => a[0]),
        new("as_bool", ["value"], a => a[0]),
        new("as_number", ["value"], a => a[0]),
        new("as_native", ["value"], a => a[0]),
    ];

    private static object? Default(object?[] arguments) =>
        arguments[0] is JinjaUndefined || (PyValue.IsTrue(arguments[2]) && !PyValue.IsTrue(arguments[0])) ? arguments[1] : arguments[0];

    private static object? Attribute(object?[] arguments)
    {
        var name = PyValue.Text(arguments[1]);
        return PyAttributes.TryAttribute(arguments[0], name, out var value)
            ? value
            : new JinjaUndefined($"'{PyType.Describe(arguments[0])}' has no attribute '{name}'");
    }

    private static string Format(object? format, JinjaArguments arguments)
    {
        if (arguments.Positional.Count > 0 && arguments.Keywords.Count > 0)
        {
            throw JinjaException.Runtime("can't handle positional and keyword arguments at the same time");
        }

        object values = arguments.Keywords.Count > 0
            ? new PyDict(arguments.Keywords.Select(keyword => KeyValuePair.Create((object?)keyword.Key, keyword.Value)))
            : new PyTuple([.. arguments.Positional]);
        return PercentFormat.Apply(TextFilters.Text(format), values);
    }
}
