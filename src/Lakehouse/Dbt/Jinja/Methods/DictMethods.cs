using Recoup.Lakehouse.Dbt.Jinja.Calls;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using static Recoup.Lakehouse.Dbt.Jinja.Calls.Parameter;

namespace Recoup.Lakehouse.Dbt.Jinja.Methods;

/// <summary>The methods of Python's <c>dict</c>, except for <c>update</c> with keywords.</summary>
internal static class DictMethods
{
    /// <summary>Stands for an argument that was not given where None would be one.</summary>
    private static readonly object NotGiven = new();

    public static FunctionTable Table { get; } = new(
        "method",
        [
            new("get", ["_dict", "_key", Optional("_default")], a => Self(a).TryGetValue(a[1], out var value) ? value : a[2]),
            new("keys", ["_dict"], a => new PyDictView(Self(a), "keys")),
            new("values", ["_dict"], a => new PyDictView(Self(a), "values")),
            new("items", ["_dict"], a => new PyDictView(Self(a), "items")),
            new("pop", ["_dict", "_key", Optional("_default", NotGiven)], Pop),
            new("popitem", ["_dict"], PopItem),
            new("setdefault", ["_dict", "_key", Optional("_default")], SetDefault),
            new("copy", ["_dict"], a => new PyDict(Self(a))),
            new("clear", ["_dict"], Clear),
        ],
        "fromkeys");

    /// <summary>Adds what <c>dict(source, **keywords)</c> and <c>update</c> add.</summary>
    public static void Update(PyDict dict, JinjaArguments arguments)
    {
        if (arguments.Positional.Count > 1)
        {
            throw JinjaException.Runtime($"dict expected at most 1 argument, got {arguments.Positional.Count}");
        }

        foreach (var (key, value) in arguments.Positional.SelectMany(Entries).ToList())
        {
            dict[key] = value;
        }

        foreach (var (name, value) in arguments.Keywords)
        {
            dict[name] = value;
        }
    }

    private static IEnumerable<KeyValuePair<object?, object?>> Entries(object? source) => source switch
    {
        PyDict dict => dict,
        JinjaMapping mapping => mapping.Entries.Select(entry => KeyValuePair.Create((object?)entry.Key, entry.Value)),
        _ => PyValue.Iterate(source).Select(Pair),
    };

    private static KeyValuePair<object?, object?> Pair(object? item)
    {
        var parts = PyValue.Iterate(item).ToList();
        return parts.Count == 2
            ? KeyValuePair.Create(parts[0], parts[1])
            : throw JinjaException.Runtime($"dictionary update sequence element has length {parts.Count}; 2 is required");
    }

    private static PyDict Self(object?[] arguments) => (PyDict)arguments[0]!;

    private static object? Pop(object?[] arguments)
    {
        if (Self(arguments).Remove(arguments[1], out var value))
        {
            return value;
        }

        return ReferenceEquals(arguments[2], NotGiven) ? throw JinjaException.Runtime(PyValue.Repr(arguments[1])) : arguments[2];
    }

    private static PyTuple PopItem(object?[] arguments)
    {
        if (Self(arguments).Count == 0)
        {
            throw JinjaException.Runtime("'popitem(): dictionary is empty'");
        }

        var (key, _) = Self(arguments).Last();
        Self(arguments).Remove(key, out var value);
        return new(key, value);
    }

    private static object? SetDefault(object?[] arguments)
    {
        if (!Self(arguments).TryGetValue(arguments[1], out var value))
        {
            Self(arguments)[arguments[1]] = value = arguments[2];
        }

        return value;
    }

    private static object? Clear(object?[] arguments)
    {
        Self(arguments).Clear();
        return null;
    }
}
