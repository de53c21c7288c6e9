using System.Numerics;

namespace Recoup.Lakehouse.Dbt.Jinja.Values;

/// <summary>What Python calls the type of a value, for messages.</summary>
internal static class PyType
{
    public static string NameOf(object? value) => value switch
    {
        null => "NoneType",
        bool => "bool",
        long or BigInteger => "int",
        double => "float",
        string => "str",
        PyMarkup => "Markup",
        PyList => "list",
        PyTuple => "tuple",
        PyDict => "dict",
        PySet => "set",
        PyRange => "range",
        PyBytes => "bytes",
        PyIterator iterator => iterator.TypeName,
        PyDictView view => view.TypeName,
        JinjaUndefined => "Undefined",
        IPyTyped typed => typed.TypeName,
        IJinjaCallable => "function",
        _ => "object",
    };

    /// <summary>How Jinja speaks of a value that lacks an attribute.</summary>
    public static string Describe(object? value) => value is null ? "None" : NameOf(value) + " object";
}
