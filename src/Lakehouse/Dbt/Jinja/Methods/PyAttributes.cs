using System.Numerics;
using Recoup.Lakehouse.Dbt.Jinja.Calls;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Methods;

/// <summary>Jinja's two ways into a value: <c>x.name</c> asks attributes first, <c>x[key]</c> asks items first.</summary>
internal static class PyAttributes
{
    /// <summary><c>value.name</c>; undefined where there is neither attribute nor item.</summary>
    public static object? Get(object? value, string name) =>
        TryAttribute(value, name, out var found) || TryItem(value, name, out found) ? found : Missing(value, name);

    /// <summary><c>value[key]</c>.</summary>
    public static object? Item(object? value, object? key)
    {
        if (key is PySlice slice && PySlice.Fits(value))
        {
            return slice.Of(value);
        }

        return TryItem(value, key, out var found) || (key is string name && TryAttribute(value, name, out found)) ? found : Missing(value, key);
    }

    /// <summary>An attribute alone, as the filter <c>attr</c> asks for it.</summary>
    public static bool TryAttribute(object? value, string name, out object? found)
    {
        found = null;
        if (value is JinjaUndefined undefined)
        {
            found = undefined.Used();
            return true;
        }

        // The sandbox lets nothing through that starts with an underscore.
        if (name.StartsWith('_'))
        {
            return false;
        }

        if (value is IJinjaObject members)
        {
            return members.TryGetAttribute(name, out found);
        }

        if (value is PyTuple tuple && tuple.TryGetNamed(name, out found))
        {
            return true;
        }

        found = TableOf(value)?.Find(name) is { } method ? new BoundMethod(value, method) : FreeMethods.Find(value, name);
        return found is not null;
    }

    private static FunctionTable? TableOf(object? value) => value switch
    {
        string => TextMethods.Table,
        PyList => ListMethods.Table,
        PyDict => DictMethods.Table,
        JinjaMapping => MappingMethods.Table,
        PyTuple => TupleMethods.Table,
        PySet => SetMethods.Table,
        long or BigInteger or bool => NumberMethods.Ints,
        double => NumberMethods.Floats,
        PyBytes => NumberMethods.Bytes,
        PyRange or PyIterator or PyDictView or PyMarkup => throw JinjaException.Unsupported($"an attribute of a Python {PyType.NameOf(value)}"),
        _ => null,
    };

    private static bool TryItem(object? value, object? key, out object? found)
    {
        found = null;
        switch (value)
        {
            case PyDict dict:
                return IsHashable(key) && dict.TryGetValue(key, out found);
            case JinjaMapping mapping:
                return key is string text && mapping.Entries.TryGetValue(text, out found);
            case IJinjaSequence sequence when key is not string:
                return PyInt.TryGet(key, out var at) && TryAt(sequence, at, out found);
            case IJinjaObject members and not PyNamespace:
                return key is string name && members.TryGetAttribute(name, out found);
            case JinjaUndefined undefined:
                found = undefined.Used();
                return true;
            default:
                return PyInt.TryGet(key, out var index) && TryAt(value, index, out found);
        }
    }

    private static bool TryAt(object? value, BigInteger index, out object? found)
    {
        found = null;
        if (value is not (string or PyList or PyTuple or PyRange or IJinjaSequence) || PyValue.Length(value) is not { } length)
        {
            return value is PyMarkup or PyBytes ? throw JinjaException.Unsupported($"an item of a Python {PyType.NameOf(value)}") : false;
        }

        var position = index < 0 ? index + length : index;
        if (position < 0 || position >= length)
        {
            return false;
        }

        found = value switch
        {
            string text => PyText.At(text, (int)position),
            PyList list => list[(int)position],
            PyTuple tuple => tuple.Items[(int)position],
            IJinjaSequence sequence => sequence[(int)position],
            _ => ((PyRange)value)[(int)position],
        };
        return true;
    }

    private static bool IsHashable(object? key) => key switch
    {
        PyList or PyDict or PySet or PySlice => false,
        PyTuple tuple => tuple.Items.All(IsHashable),
        _ => true,
    };

    private static JinjaUndefined Missing(object? value, object? key) => new(key is string name
        ? $"'{PyType.Describe(value)}' has no attribute '{name}'"
        : $"{PyType.Describe(value)} has no element {KeyText(key)}");

    private static string KeyText(object? key) => key is null or bool or long or double ? PyValue.Repr(key) : PyType.NameOf(key);
}
