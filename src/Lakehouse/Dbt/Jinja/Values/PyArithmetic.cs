using System.Numerics;

namespace Recoup.Lakehouse.Dbt.Jinja.Values;

/// <summary>Python's <c>+ - * / // % **</c>, on numbers and on what else takes them.</summary>
internal static class PyArithmetic
{
    public static object? Add(object? left, object? right) => (left, right) switch
    {
        (long a, long b) => PyInt.Normal((Int128)a + b),
        (string a, string b) => a + b,
        (PyList a, PyList b) => new PyList([.. a, .. b]),
        (PyTuple a, PyTuple b) => new PyTuple([.. a.Items, .. b.Items]),
        _ => Numbers(left, right, "+", (a, b) => a + b, (x, y) => x + y),
    };

    public static object? Subtract(object? left, object? right) => (left, right) switch
    {
        (long a, long b) => PyInt.Normal((Int128)a - b),
        (PySet a, PySet b) => new PySet(a.InAnyOrder().Where(item => !b.Contains(item))),
        _ => Numbers(left, right, "-", (a, b) => a - b, (x, y) => x - y),
    };

    public static object? Multiply(object? left, object? right) => (left, right) switch
    {
        (long a, long b) => PyInt.Normal((Int128)a * b),
        (string text, long or bool) => PyText.Repeat(text, PyInt.Small(right)),
        (long or bool, string text) => PyText.Repeat(text, PyInt.Small(left)),
        (PyList list, long or bool) => new PyList(Repeat(list, PyInt.Small(right))),
        (long or bool, PyList list) => new PyList(Repeat(list, PyInt.Small(left))),
        (PyTuple tuple, long or bool) => new PyTuple([.. Repeat(tuple.Items, PyInt.Small(right))]),
        (long or bool, PyTuple tuple) => new PyTuple([.. Repeat(tuple.Items, PyInt.Small(left))]),
        _ => Numbers(left, right, "*", (a, b) => a * b, (x, y) => x * y),
    };

    public static object? Divide(object? left, object? right) => Numbers(left, right, "/", DivideInts, (x, y) => x / NotZero(y, "float division by zero"));

    public static object? FloorDivide(object? left, object? right) =>
        Numbers(left, right, "//", (a, b) => FloorDivide(a, b), (x, y) => FloorDivide(x, y));

    public static object? Modulo(object? left, object? right) => left is string format
        ? Formatting.PercentFormat.Apply(format, right)
        : Numbers(left, right, "%", (a, b) => Modulo(a, b), (x, y) => Modulo(x, y, "float modulo"));

    public static object? Power(object? left, object? right) => Numbers(left, right, "**", PowerInts, PowerFloats);

    public static object? Negate(object? value) => value switch
    {
        double number => -number,
        IPyNumber number => number.Negate(),
        _ when PyInt.TryGet(value, out var number) => PyInt.Normal(-number),
        _ => throw BadUnary("-", value),
    };

    public static object? Positive(object? value) => value switch
    {
        double => value,
        PyDecimal number => DecimalArithmetic.Rounded(number.IsNegative && !number.IsZero, number.Digits, number.Exponent),
        _ when PyInt.TryGet(value, out var number) => PyInt.Normal(number),
        _ => throw BadUnary("+", value),
    };

    public static BigInteger FloorDivide(BigInteger left, BigInteger right)
    {
        var quotient = BigInteger.DivRem(left, NotZero(right, "integer division or modulo by zero"), out var remainder);
        return !remainder.IsZero && remainder.Sign != right.Sign ? quotient - 1 : quotient;
    }

    public static BigInteger Modulo(BigInteger left, BigInteger right)
    {
        var remainder = BigInteger.Remainder(left, NotZero(right, "integer modulo by zero"));
        return !remainder.IsZero && remainder.Sign != right.Sign ? remainder + right : remainder;
    }

    private static object? Numbers(object? left, object? right, string symbol, Func<BigInteger, BigInteger, object> ints, Func<double, double, object> floats)
    {
        if (PyInt.TryGet(left, out var a) && PyInt.TryGet(right, out var b))
        {
            return ints(a, b) is BigInteger number ? PyInt.Normal(number) : ints(a, b);
        }

        if (PyFloat.TryGet(left, out var x) && PyFloat.TryGet(right, out var y))
        {
            return floats(x, y);
        }

        return ((left as IPyNumber)?.Combine(symbol, right)) ?? (right as IPyNumber)?.CombineFromRight(symbol, left) ?? throw BadBinary(symbol, left, right);
    }

    /// <summary>Ints divide to the nearest double, also where they are too large to be doubles themselves.</summary>
    private static object DivideInts(BigInteger left, BigInteger right)
    {
        NotZero(right, "division by zero");
        if (BigInteger.Abs(left) <= 1L << 53 && BigInteger.Abs(right) <= 1L << 53)
        {
            return (double)left / (double)right;
        }

        return left % right == 0
            ? PyFloat.Nearest(left / right)
            : throw JinjaException.Unsupported("dividing ints beyond 2**53");
    }

    /// <summary>As CPython does it: the quotient without its rest, rounded to the nearest whole number.</summary>
    private static double FloorDivide(double left, double right)
    {
        var quotient = (left - Modulo(left, right, "float floor division by zero")) / right;
        var floor = Math.Floor(quotient);
        return quotient == 0 ? Math.CopySign(0, left / right) : quotient - floor > 0.5 ? floor + 1 : floor;
    }

    private static double Modulo(double left, double right, string message)
    {
        var remainder = left % NotZero(right, message);
        return remainder != 0 && (remainder < 0) != (right < 0) ? remainder + right : Math.CopySign(remainder, remainder == 0 ? right : remainder);
    }

    private static object PowerInts(BigInteger left, BigInteger right)
    {
        if (right.Sign < 0)
        {
            return PowerFloats(PyFloat.Nearest(left), PyFloat.Nearest(right));
        }

        // Larger results would only fill the memory.
        return BigInteger.Abs(left) <= 1 || (right < 100_000 && right * (int)left.GetBitLength() < 1_000_000)
            ? BigInteger.Pow(left, BigInteger.Abs(left) <= 1 ? (int)(right % 2 + 2 * (right.Sign > 0 ? 1 : 0)) : (int)right)
            : throw JinjaException.Unsupported("an int of more than a million bits");
    }

    private static object PowerFloats(double left, double right)
    {
        if (left == 0 && right < 0)
        {
            throw JinjaException.Runtime("0.0 cannot be raised to a negative power");
        }

        var power = Math.Pow(left, right);
        return double.IsNaN(power) && !double.IsNaN(left) && !double.IsNaN(right)
            ? throw JinjaException.Unsupported("a complex number")
            : double.IsInfinity(power) && double.IsFinite(left) && double.IsFinite(right)
                ? throw JinjaException.Runtime("(34, 'Numerical result out of range')")
                : power;
    }

    private static T NotZero<T>(T value, string message)
        where T : INumberBase<T> => T.IsZero(value) ? throw JinjaException.Runtime(message) : value;

    private static IEnumerable<object?> Repeat(IReadOnlyList<object?> items, int count) =>
        count <= 0 ? [] : Enumerable.Repeat(items, count).SelectMany(item => item);

    private static JinjaException BadUnary(string symbol, object? value) => value is JinjaUndefined undefined
        ? JinjaException.Undefined(undefined.Message)
        : JinjaException.Runtime($"bad operand type for unary {symbol}: '{PyType.NameOf(value)}'");

    private static JinjaException BadBinary(string symbol, object? left, object? right) => (symbol, left, right) switch
    {
        (_, JinjaUndefined undefined, _) => JinjaException.Undefined(undefined.Message),
        (_, _, JinjaUndefined undefined) => JinjaException.Undefined(undefined.Message),
        (_, PyMarkup, _) or (_, _, PyMarkup) => JinjaException.Unsupported($"'{symbol}' on text that was marked safe"),
        (_, PySet, PySet) or (_, PyDictView, _) => JinjaException.Unsupported($"'{symbol}' on a Python {PyType.NameOf(left)}"),
        (_, IJinjaObject, _) when left is not IPyTyped => JinjaException.Unsupported($"'{symbol}' on an object of dbt's"),
        ("+", string or PyList or PyTuple, _) =>
            JinjaException.Runtime($"can only concatenate {PyType.NameOf(left)} (not \"{PyType.NameOf(right)}\") to {PyType.NameOf(left)}"),
        ("*", string or PyList or PyTuple, _) => JinjaException.Runtime($"can't multiply sequence by non-int of type '{PyType.NameOf(right)}'"),
        ("**", _, _) => JinjaException.Runtime($"unsupported operand type(s) for ** or pow(): '{PyType.NameOf(left)}' and '{PyType.NameOf(right)}'"),
        _ => JinjaException.Runtime($"unsupported operand type(s) for {symbol}: '{PyType.NameOf(left)}' and '{PyType.NameOf(right)}'"),
    };
}
