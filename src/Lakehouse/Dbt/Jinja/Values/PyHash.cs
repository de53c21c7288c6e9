using System.Numerics;

namespace Recoup.Lakehouse.Dbt.Jinja.Values;

/// <summary>Hashes in accord with <see cref="PyValue.AreEqual"/>.</summary>
internal static class PyHash
{
    /// <exception cref="JinjaException">The value can change, as a list can: Python calls it unhashable.</exception>
    public static int Of(object? value) => value switch
    {
        null or JinjaUndefined => 0,
        bool flag => (flag ? 1.0 : 0.0).GetHashCode(),
        string text => text.GetHashCode(StringComparison.Ordinal),
        long number => ((double)number).GetHashCode(),
        BigInteger number => PyFloat.Nearest(number).GetHashCode(),
        double number => number.GetHashCode(),
        PyTuple tuple => tuple.Items.Aggregate(17, (hash, item) => HashCode.Combine(hash, Of(item))),
        PyList => throw JinjaException.Runtime("unhashable type: 'list'"),
        PyDict => throw JinjaException.Runtime("unhashable type: 'dict'"),
        PySet => throw JinjaException.Runtime("unhashable type: 'set'"),
        _ => value.GetHashCode(),
    };
}
