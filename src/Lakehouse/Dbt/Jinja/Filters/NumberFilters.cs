using System.Globalization;
using System.Numerics;
using Recoup.Lakehouse.Dbt.Jinja.Calls;
using Recoup.Lakehouse.Dbt.Jinja.Formatting;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using static Recoup.Lakehouse.Dbt.Jinja.Calls.Parameter;

namespace Recoup.Lakehouse.Dbt.Jinja.Filters;

/// <summary>Filters that make numbers, or make text of them.</summary>
internal static class NumberFilters
{
    public static IEnumerable<Function> All() =>
    [
        new("abs", ["x"], a => Absolute(a[0])),
        new("int", ["value", Optional("default", 0L), Optional("base", 10L)], Int),
        new("float", ["value", Optional("default", 0.0)], Float),
        new("round", ["value", Optional("precision", 0L), Optional("method", "common")], Round),
        new("filesizeformat", ["value", Optional("binary", false)], a => FileSize(Real(a[0]), PyValue.IsTrue(a[1]))),
    ];

    private static object? Absolute(object? value) => value switch
    {
        double number => Math.Abs(number),
        PyDecimal number => DecimalArithmetic.Rounded(false, number.Digits, number.Exponent),
        JinjaUndefined undefined => throw JinjaException.Undefined(undefined.Message),
        _ when PyInt.TryGet(value, out var number) => PyInt.Normal(BigInteger.Abs(number)),
        IPyTyped => throw JinjaException.Unsupported($"abs of a {PyType.NameOf(value)}"),
        _ => throw JinjaException.Runtime($"bad operand type for abs(): '{PyType.NameOf(value)}'"),
    };

    private static object? Int(object?[] arguments)
    {
        var value = arguments[0];
        return value switch
        {
            JinjaUndefined undefined => throw JinjaException.Undefined(undefined.Message),
            string or PyMarkup when PyInt.TryParse(PyValue.Text(value), Radix(arguments[2]), out var parsed) => PyInt.Normal(parsed),
            string or PyMarkup when PyFloat.TryParse(PyValue.Text(value), out var real) => Whole(real, arguments[1]),
            double real => double.IsInfinity(real) ? throw JinjaException.Runtime("cannot convert float infinity to integer") : Whole(real, arguments[1]),
            _ when PyInt.TryGet(value, out var number) => PyInt.Normal(number),
            PyDecimal number => PyInt.Normal(number.Truncate()),
            _ => arguments[1],
        };
    }

    private static int Radix(object? value)
    {
        var radix = PyInt.Small(value);
        return radix is 0 or (>= 2 and <= 36) ? radix : throw JinjaException.Unsupported("int with a base that is none");
    }

    private static object? Whole(double value, object? otherwise) =>
        double.IsFinite(value) ? PyInt.Normal(new BigInteger(Math.Truncate(value))) : otherwise;

    private static object? Float(object?[] arguments) => arguments[0] switch
    {
        JinjaUndefined undefined => throw JinjaException.Undefined(undefined.Message),
        string or PyMarkup => PyFloat.TryParse(PyValue.Text(arguments[0]), out var parsed) ? parsed : arguments[1],
        PyDecimal exact => exact.ToDouble(),
        var value => PyFloat.TryGet(value, out var number) ? number : arguments[1],
    };

    private static object? Round(object?[] arguments)
    {
        var value = arguments[0];
        var isInt = PyInt.TryGet(value, out var whole);
        if (value is PyDecimal exact)
        {
            return arguments[2] is "common" ? DecimalArithmetic.Round(exact, PyInt.Small(arguments[1])) : throw JinjaException.Unsupported("round of a Decimal up or down");
        }

        if (!isInt && value is not double)
        {
            throw JinjaException.Runtime($"type {PyType.NameOf(value)} doesn't define __round__ method");
        }

        return arguments[2] switch
        {
            "common" when arguments[1] is null => throw JinjaException.Unsupported("round with a precision of none"),
            "common" => isInt ? RoundInt(whole, PyInt.Small(arguments[1])) : RoundFloat((double)value!, PyInt.Small(arguments[1])),
            "ceil" => Scaled(value, arguments[1], Math.Ceiling),
            "floor" => Scaled(value, arguments[1], Math.Floor),
            _ => throw JinjaException.Runtime("method must be common, ceil or floor"),
        };
    }

    private static object? Scaled(object? value, object? precision, Func<double, double> cut)
    {
        var power = PyArithmetic.Power(10L, precision);
        var scaled = PyArithmetic.Multiply(value, power);
        return PyArithmetic.Divide(scaled is double real ? PyInt.Normal(new BigInteger(cut(real))) : scaled, power);
    }

    /// <summary>Halves go to the even neighbour.</summary>
    private static object RoundInt(BigInteger value, int precision)
    {
        if (precision >= 0)
        {
            return PyInt.Normal(value);
        }

        var unit = BigInteger.Pow(10, -precision);
        var quotient = PyArithmetic.FloorDivide(value, unit);
        var twice = (value - (quotient * unit)) * 2;
        return PyInt.Normal((twice > unit || (twice == unit && !quotient.IsEven) ? quotient + 1 : quotient) * unit);
    }

    private static double RoundFloat(double value, int precision)
    {
        if (!double.IsFinite(value) || precision > 300)
        {
            return value;
        }

        if (precision >= 0)
        {
            var rounded = NumberFormat.Fixed(Math.Abs(value), precision);
            return Math.CopySign(double.Parse(rounded, CultureInfo.InvariantCulture), value);
        }

        return double.IsInteger(value)
            ? PyFloat.TryGet(RoundInt(new BigInteger(value), precision), out var tens) ? tens : value
            : throw JinjaException.Unsupported("rounding a fraction to tens");
    }

    private static double Real(object? value) => value switch
    {
        JinjaUndefined undefined => throw JinjaException.Undefined(undefined.Message),
        string text when PyFloat.TryParse(text, out var parsed) => parsed,
        PyDecimal exact => exact.ToDouble(),
        _ when PyFloat.TryGet(value, out var number) => number,
        _ => throw JinjaException.Runtime($"could not convert {PyType.NameOf(value)} to float"),
    };

    private static string FileSize(double bytes, bool isBinary)
    {
        double unit = isBinary ? 1024 : 1000;
        if (bytes == 1)
        {
            return "1 Byte";
        }

        if (bytes < unit)
        {
            return $"{PyValue.Text((long)bytes)} Bytes";
        }

        const string Prefixes = "KMGTPEZY";
        var step = 0;
        while (step < Prefixes.Length - 1 && bytes >= Math.Pow(unit, step + 2))
        {
            step++;
        }

        var prefix = isBinary ? $"{Prefixes[step]}iB" : $"{(step == 0 ? 'k' : Prefixes[step])}B";
        return $"{NumberFormat.Fixed(unit * bytes / Math.Pow(unit, step + 2), 1)} {prefix}";
    }
}
