using System.Numerics;

namespace Recoup.Lakehouse.Dbt.Jinja.Values;

/// <summary>Python's <c>==</c>: numbers of different types may be equal, and containers compare their items.</summary>
internal static class PyEquality
{
    public static bool AreEqual(object? left, object? right) => (left, right) switch
    {
        (string a, string b) => string.Equals(a, b, StringComparison.Ordinal),
        (long a, long b) => a == b,
        (null, null) => true,
        (null, _) or (_, null) => false,
        (PyMarkup a, PyMarkup or string) => a.Text == PyValue.Text(right),
        (string a, PyMarkup b) => a == b.Text,
        (PyList a, PyList b) => Sequences(a, b),
        (PyTuple a, PyTuple b) => Sequences(a.Items, b.Items),
        (PyDict a, PyDict b) => Dicts(a, b),
        (PySet a, PySet b) => a.Count == b.Count && a.IsSubsetOf(b),
        (PyRange a, PyRange b) => a.SequenceEqual(b),
        (PyBytes a, PyBytes b) => a.Value.AsSpan().SequenceEqual(b.Value),
        // Jinja's undefined values are equal to each other and to nothing else.
        (JinjaUndefined, JinjaUndefined) => true,
        (PyDictView, _) or (_, PyDictView) => ReferenceEquals(left, right) ? true : throw JinjaException.Unsupported("comparing views of a dict"),
        _ => Numbers(left, right) ?? left.Equals(right),
    };

    /// <summary>Python's <c>item in container</c>.</summary>
    public static bool Contains(object? container, object? item) => container switch
    {
        string text => text.Contains(
            item as string ?? throw JinjaException.Runtime($"'in <string>' requires string as left operand, not {PyType.NameOf(item)}"),
            StringComparison.Ordinal),
        PyDict dict => dict.ContainsKey(item),
        PySet set => set.Contains(item),
        JinjaMapping mapping => item is string name && mapping.Entries.ContainsKey(name),
        _ when PyValue.IsIterable(container) => PyValue.Iterate(container).Any(member => ReferenceEquals(member, item) || AreEqual(member, item)),
        _ => throw JinjaException.Runtime($"argument of type '{PyType.NameOf(container)}' is not iterable"),
    };

    private static bool? Numbers(object left, object right)
    {
        if (PyInt.TryGet(left, out var a) && PyInt.TryGet(right, out var b))
        {
            return a == b;
        }

        if (left is PyDecimal || right is PyDecimal)
        {
            return PyDecimal.Exact(left) is { } x1 && PyDecimal.Exact(right) is { } y1 && PyDecimal.Compare(x1, y1) == 0;
        }

        return PyFloat.TryGet(left, out var x) && PyFloat.TryGet(right, out var y) ? Reals(left, right, x, y) : null;
    }

    /// <summary>An int that a double cannot hold is not equal to its neighbour.</summary>
    private static bool Reals(object left, object right, double x, double y) =>
        x == y && (left, right) switch
        {
            (double real, long or BigInteger) => PyInt.TryGet(right, out var whole) && new BigInteger(real) == whole,
            (long or BigInteger, double real) => PyInt.TryGet(left, out var whole) && new BigInteger(real) == whole,
            _ => true,
        };

    private static bool Sequences(IReadOnlyList<object?> left, IReadOnlyList<object?> right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        for (var index = 0; index < left.Count; index++)
        {
            if (!AreEqual(left[index], right[index]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Dicts(PyDict left, PyDict right) =>
        left.Count == right.Count
        && left.All(entry => right.TryGetValue(entry.Key, out var other) && AreEqual(entry.Value, other));
}
