using Recoup.Lakehouse.Dbt.Jinja.Calls;
using Recoup.Lakehouse.Dbt.Jinja.Methods;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja;

/// <summary>The names that Jinja itself gives every template; those of the context win over them.</summary>
internal static class JinjaGlobals
{
    private static readonly Dictionary<string, IJinjaCallable> All = new()
    {
        ["range"] = new FreeFunction(Range),
        ["dict"] = new FreeFunction(Dict),
        ["namespace"] = new FreeFunction(arguments => new PyNamespace((PyDict)Dict(arguments))),
        ["cycler"] = new FreeFunction(arguments => new Cycler(arguments.Positional)),
        ["joiner"] = new FreeFunction(arguments => new Joiner(arguments.Get(0, "sep", ", "))),
        ["lipsum"] = new FreeFunction(_ => throw JinjaException.Unsupported("the function 'lipsum'")),
    };

    public static object? Find(string name) => name == "self"
        ? throw JinjaException.Unsupported("the name 'self'")
        : All.GetValueOrDefault(name);

    private static PyRange Range(JinjaArguments arguments)
    {
        var bounds = arguments.Positional.Select(bound => (long)PyInt.Small(bound)).ToArray();
        return bounds switch
        {
            _ when arguments.Keywords.Count > 0 => throw JinjaException.Runtime("range() takes no keyword arguments"),
            [var stop] => new(0, stop, 1),
            [var start, var stop] => new(start, stop, 1),
            [var start, var stop, var step] => new(start, stop, step),
            [] => throw JinjaException.Runtime("range expected at least 1 argument, got 0"),
            _ => throw JinjaException.Runtime($"range expected at most 3 arguments, got {bounds.Length}"),
        };
    }

    private static object Dict(JinjaArguments arguments)
    {
        var dict = new PyDict();
        DictMethods.Update(dict, arguments);
        return dict;
    }

    /// <summary>Goes round its items.</summary>
    private sealed class Cycler : IJinjaObject
    {
        private readonly IReadOnlyList<object?> _items;
        private int _position;

        public Cycler(IReadOnlyList<object?> items)
        {
            _items = items.Count > 0 ? items : throw JinjaException.Runtime("at least one item has to be provided");
        }

        public bool TryGetAttribute(string name, out object? value)
        {
            value = name switch
            {
                "current" => _items[_position],
                "next" => new FreeFunction(_ => Next()),
                "reset" => new FreeFunction(_ => Reset()),
                _ => null,
            };
            return name is "current" or "next" or "reset";
        }

        public override string ToString() => throw JinjaException.Unsupported("printing a cycler");

        private object? Next()
        {
            var item = _items[_position];
            _position = (_position + 1) % _items.Count;
            return item;
        }

        private object? Reset()
        {
            _position = 0;
            return null;
        }
    }

    /// <summary>Nothing at the first call, its text afterwards.</summary>
    private sealed class Joiner(object? separator) : IJinjaCallable
    {
        private bool _wasUsed;

        public object? Call(JinjaArguments arguments)
        {
            var text = _wasUsed ? separator : "";
            _wasUsed = true;
            return text;
        }
    }
}
