using System.Globalization;
using System.Numerics;

namespace Recoup.Lakehouse.Dbt.Jinja.Values;

/// <summary>The values of a template, and what Python does with any of them.</summary>
/// <remarks>
/// <see langword="null"/> is None; <see cref="bool"/>; <see cref="long"/>, or <see cref="BigInteger"/> where an int needs more;
/// <see cref="double"/>; <see cref="string"/>; <see cref="PyList"/>, <see cref="PyDict"/>, <see cref="PyTuple"/>;
/// <see cref="JinjaUndefined"/>; <see cref="IJinjaCallable"/> and <see cref="IJinjaObject"/>.
/// </remarks>
internal static class PyValue
{
    /// <summary>Python's <c>str(value)</c>.</summary>
    public static string Text(object? value) => value switch
    {
        string text => text,
        PyMarkup markup => markup.Text,
        JinjaUndefined => "",
        NativeMarker marker => marker.Text,
        IPyTyped typed => typed.ToString()!,
        _ => Repr(value),
    };

    /// <summary>Python's <c>repr(value)</c>.</summary>
    public static string Repr(object? value) => PyRepr.Of(value);

    /// <summary>Python's <c>bool(value)</c>.</summary>
    public static bool IsTrue(object? value) => value switch
    {
        null or JinjaUndefined => false,
        bool flag => flag,
        long number => number != 0,
        string text => text.Length > 0,
        double number => number != 0,
        BigInteger number => !number.IsZero,
        PyDecimal number => !number.IsZero,
        PyMarkup markup => markup.Text.Length > 0,
        PyBytes bytes => bytes.Value.Length > 0,
        _ => Length(value) is not 0,
    };

    /// <summary>Python's <c>==</c>.</summary>
    public static bool AreEqual(object? left, object? right) => PyEquality.AreEqual(left, right);

    /// <summary>Python's <c>iter(value)</c>; a list that grows meanwhile is followed.</summary>
    /// <exception cref="JinjaException">The value cannot be iterated.</exception>
    public static IEnumerable<object?> Iterate(object? value) => value switch
    {
        PyList list => Follow(list),
        PyTuple tuple => tuple.Items,
        string text => PyText.Characters(text),
        PyDict dict => dict.Keys,
        PyDictView view => view.Items,
        JinjaUndefined => [],
        JinjaMapping mapping => mapping.Entries.Keys,
        PyRange or PySet or PyIterator or IJinjaSequence => (IEnumerable<object?>)value,
        PyMarkup => throw JinjaException.Unsupported("iterating text that was marked safe"),
        PyBytes bytes => bytes.Value.Select(item => (object?)(long)item),
        _ => throw JinjaException.Runtime($"'{PyType.NameOf(value)}' object is not iterable"),
    };

    public static bool IsIterable(object? value) =>
        value is PyList or PyTuple or string or PyDict or PyDictView or JinjaUndefined or JinjaMapping or PyRange or PySet or PyIterator or PyMarkup or PyBytes or IJinjaSequence;

    /// <summary>Python's <c>len(value)</c>; null for what has none.</summary>
    public static int? Length(object? value) => value switch
    {
        PyList list => list.Count,
        PyTuple tuple => tuple.Items.Count,
        string text => PyText.Length(text),
        PyMarkup markup => PyText.Length(markup.Text),
        PyDict dict => dict.Count,
        PyDictView view => view.Dict.Count,
        PySet set => set.Count,
        PyRange range => range.Count,
        PyBytes bytes => bytes.Value.Length,
        JinjaMapping mapping => mapping.Entries.Count,
        JinjaUndefined => 0,
        IJinjaSequence sequence => sequence.Count,
        _ => null,
    };

    /// <summary>An int as Python prints it.</summary>
    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<object?> Follow(PyList list)
    {
        for (var index = 0; index < list.Count; index++)
        {
            yield return list[index];
        }
    }
}
