using System.Numerics;
using Recoup.Lakehouse.Dbt.Jinja.Calls;
using Recoup.Lakehouse.Dbt.Jinja.Expressions;
using Recoup.Lakehouse.Dbt.Jinja.Filters;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Testing;

/// <summary>Jinja's tests, as in <c>x is defined</c>.</summary>
internal static class TestCatalog
{
    private static readonly FunctionTable Table = new("test", [.. Kinds(), .. Comparisons(), .. Others()]);

    public static bool Exists(string name) => Table.Knows(name);

    /// <exception cref="JinjaException">There is no such test.</exception>
    public static Function Get(string name, string missing) => Table.Find(name) ?? throw JinjaException.Runtime(missing);

    private static IEnumerable<Function> Kinds() =>
    [
        new("defined", ["value"], a => a[0] is not JinjaUndefined),
        new("undefined", ["value"], a => a[0] is JinjaUndefined),
        new("none", ["value"], a => a[0] is null),
        new("boolean", ["value"], a => a[0] is bool),
        new("true", ["value"], a => a[0] is true),
        new("false", ["value"], a => a[0] is false),
        new("integer", ["value"], a => a[0] is long or BigInteger),
        new("float", ["value"], a => a[0] is double),
        new("number", ["value"], a => a[0] is long or BigInteger or double or bool or PyDecimal),
        new("string", ["value"], a => a[0] is string or PyMarkup),
        new("mapping", ["value"], a => a[0] is PyDict or JinjaMapping),
        new("sequence", ["value"], a => PyValue.IsIterable(a[0]) && a[0] is not (PyIterator or PySet or PyDictView)),
        new("iterable", ["value"], a => PyValue.IsIterable(a[0])),
        new("callable", ["value"], a => a[0] is IJinjaCallable or JinjaUndefined),
        new("escaped", ["value"], a => a[0] is PyMarkup),
    ];

    private static IEnumerable<Function> Comparisons() =>
        from item in new (string Symbol, string[] Names)[]
        {
            ("==", ["==", "eq", "equalto"]),
            ("!=", ["!=", "ne"]),
            (">", [">", "gt", "greaterthan"]),
            (">=", [">=", "ge"]),
            ("<", ["<", "lt", "lessthan"]),
            ("<=", ["<=", "le"]),
            ("in", ["in"]),
        }
        from name in item.Names
        select new Function(name, ["_a", "_b"], a => Comparison.Holds(a[0], item.Symbol, a[1]));

    private static IEnumerable<Function> Others() =>
    [
        new("odd", ["value"], a => PyValue.AreEqual(PyArithmetic.Modulo(a[0], 2L), 1L)),
        new("even", ["value"], a => PyValue.AreEqual(PyArithmetic.Modulo(a[0], 2L), 0L)),
        new("divisibleby", ["value", "num"], a => PyValue.AreEqual(PyArithmetic.Modulo(a[0], a[1]), 0L)),
        new("lower", ["value"], a => IsCase(a[0], char.IsLower, char.IsUpper)),
        new("upper", ["value"], a => IsCase(a[0], char.IsUpper, char.IsLower)),
        new("sameas", ["value", "other"], a => IsSame(a[0], a[1])),
        new("filter", ["value"], a => IsName(a[0], FilterCatalog.Exists)),
        new("test", ["value"], a => IsName(a[0], Exists)),
    ];

    /// <summary>Looked up in a dict of names, so that the value must be hashable.</summary>
    private static bool IsName(object? value, Func<string, bool> exists)
    {
        PyHash.Of(value);
        return value is string name && exists(name);
    }

    private static bool IsCase(object? value, Func<char, bool> isCase, Func<char, bool> isOther) => PyCase.IsAll(PyValue.Text(value), isCase, isOther);

    /// <summary>Python keeps one object each for None, the bools and small ints; of other scalars it may have two.</summary>
    private static bool IsSame(object? left, object? right) => (left, right) switch
    {
        (null, null) => true,
        (bool a, bool b) => a == b,
        (long a, long b) when a is >= -5 and <= 256 || a != b => a == b,
        (long or BigInteger or double or string, long or BigInteger or double or string) when PyValue.AreEqual(left, right) && left!.GetType() == right!.GetType() =>
            throw JinjaException.Unsupported("the test 'sameas' of equal texts or numbers"),
        _ => ReferenceEquals(left, right),
    };
}
