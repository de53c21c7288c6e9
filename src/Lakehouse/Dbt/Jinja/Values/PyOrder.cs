using System.Numerics;

namespace Recoup.Lakehouse.Dbt.Jinja.Values;

/// <summary>Python's <c>&lt;</c> and its kin.</summary>
internal static class PyOrder
{
    /// <summary>Negative, zero or positive; for sorting.</summary>
    /// <exception cref="JinjaException">Python does not order such values.</exception>
    public static int Compare(object? left, object? right) => Compare(left, right, "<");

    /// <param name="symbol">The operator that a message names.</param>
    public static int Compare(object? left, object? right, string symbol) => (left, right) switch
    {
        (long a, long b) => a.CompareTo(b),
        (string a, string b) => PyText.Compare(a, b),
        (PyList a, PyList b) => Sequences(a, b, symbol),
        (PyTuple a, PyTuple b) => Sequences(a.Items, b.Items, symbol),
        (JinjaUndefined a, _) => throw JinjaException.Undefined(a.Message),
        (_, JinjaUndefined b) => throw JinjaException.Undefined(b.Message),
        (PySet, PySet) => throw JinjaException.Unsupported($"'{symbol}' between sets"),
        (IPyOrdered a, IPyOrdered b) when a.CompareTo(b) is { } order => order,
        _ => Numbers(left, right) ?? throw JinjaException.Runtime(
            $"'{symbol}' not supported between instances of '{PyType.NameOf(left)}' and '{PyType.NameOf(right)}'"),
    };

    /// <summary>NaN is neither smaller nor larger: it is told apart where operators are evaluated.</summary>
    private static int? Numbers(object? left, object? right)
    {
        if (PyInt.TryGet(left, out var a) && PyInt.TryGet(right, out var b))
        {
            return a.CompareTo(b);
        }

        if (left is PyDecimal || right is PyDecimal)
        {
            return PyDecimal.Exact(left) is { } first && PyDecimal.Exact(right) is { } second ? PyDecimal.Compare(first, second) : null;
        }

        if (!PyFloat.TryGet(left, out var x) || !PyFloat.TryGet(right, out var y))
        {
            return null;
        }

        var order = x.CompareTo(y);
        return order != 0 || double.IsInfinity(x) || double.IsNaN(x) ? order : new BigInteger(x).CompareTo(new BigInteger(y)) switch
        {
            0 when left is BigInteger or long && !PyEquality.AreEqual(left, right) => throw JinjaException.Unsupported("ordering an int and a float beyond 2**53"),
            _ => 0,
        };
    }

    private static int Sequences(IReadOnlyList<object?> left, IReadOnlyList<object?> right, string symbol)
    {
        for (var index = 0; index < Math.Min(left.Count, right.Count); index++)
        {
            if (!PyEquality.AreEqual(left[index], right[index]))
            {
                return Compare(left[index], right[index], symbol);
            }
        }

        return left.Count.CompareTo(right.Count);
    }
}
