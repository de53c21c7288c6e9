using System.Globalization;
using System.Numerics;

namespace Recoup.Lakehouse.Dbt.Jinja.Values;

/// <summary>Python's operators on Decimals, in its default context: 28 digits, halves to the even one.</summary>
internal static class DecimalArithmetic
{
    private const int Precision = 28;

    public static PyDecimal Compute(string symbol, PyDecimal left, PyDecimal right) => symbol switch
    {
        "+" => Sum(left, right.Signed, right.Exponent),
        "-" => Sum(left, -right.Signed, right.Exponent),
        "*" => Rounded(left.IsNegative != right.IsNegative, left.Digits * right.Digits, left.Exponent + right.Exponent),
        "/" => Quotient(left, NotZero(right, left)),
        "//" => new PyDecimal(left.IsNegative != right.IsNegative, BigInteger.Abs(Whole(left, NotZero(right, left)).Quotient), 0),
        "%" => Remainder(left, right.IsZero ? throw Invalid() : right),
        _ => throw JinjaException.Unsupported($"'{symbol}' on a Decimal"),
    };

    /// <summary>No more than 28 digits, and the sign also of a zero.</summary>
    public static PyDecimal Rounded(bool isNegative, BigInteger digits, int exponent)
    {
        var extra = Length(digits) - Precision;
        if (extra <= 0)
        {
            return new PyDecimal(isNegative, digits, exponent);
        }

        var rounded = Shortened(digits, extra);
        return Length(rounded) > Precision ? new PyDecimal(isNegative, rounded / 10, exponent + extra + 1) : new PyDecimal(isNegative, rounded, exponent + extra);
    }

    /// <summary>Python's <c>round(value, places)</c>.</summary>
    public static PyDecimal Round(PyDecimal value, int places)
    {
        var drop = -places - value.Exponent;
        var digits = drop > 0 ? Shortened(value.Digits, drop) : value.Digits * BigInteger.Pow(10, -drop);
        return Length(digits) > Precision ? throw Invalid() : new PyDecimal(value.IsNegative, digits, -places);
    }

    private static PyDecimal Sum(PyDecimal left, BigInteger right, int exponent)
    {
        var common = Math.Min(left.Exponent, exponent);
        var sum = left.At(common) + PyDecimal.Of(right, exponent).At(common);
        return Rounded(sum.Sign < 0 || (sum.IsZero && left is { IsZero: true, IsNegative: true } && right.IsZero), BigInteger.Abs(sum), common);
    }

    /// <summary>One digit more than is kept, and a last one that tells that there was a rest.</summary>
    private static PyDecimal Quotient(PyDecimal left, PyDecimal right)
    {
        var isNegative = left.IsNegative != right.IsNegative;
        var ideal = left.Exponent - right.Exponent;
        if (left.IsZero)
        {
            return new PyDecimal(isNegative, 0, ideal);
        }

        var shift = Length(right.Digits) - Length(left.Digits) + Precision + 1;
        var quotient = BigInteger.DivRem(
            left.Digits * BigInteger.Pow(10, Math.Max(0, shift)), right.Digits * BigInteger.Pow(10, Math.Max(0, -shift)), out var rest);
        var exponent = ideal - shift;
        if (!rest.IsZero)
        {
            return Rounded(isNegative, quotient % 5 == 0 ? quotient + 1 : quotient, exponent);
        }

        while (exponent < ideal && quotient % 10 == 0)
        {
            (quotient, exponent) = (quotient / 10, exponent + 1);
        }

        return Rounded(isNegative, quotient, exponent);
    }

    /// <summary>The rest has the sign of what is divided.</summary>
    private static PyDecimal Remainder(PyDecimal left, PyDecimal right)
    {
        var (_, rest, exponent) = Whole(left, right);
        return Rounded(left.IsNegative, BigInteger.Abs(rest), exponent);
    }

    private static (BigInteger Quotient, BigInteger Left, int Exponent) Whole(PyDecimal left, PyDecimal right)
    {
        var common = Math.Min(left.Exponent, right.Exponent);
        var quotient = BigInteger.DivRem(left.At(common), right.At(common), out var rest);
        return Length(BigInteger.Abs(quotient)) > Precision ? throw Invalid() : (quotient, rest, common);
    }

    private static BigInteger Shortened(BigInteger digits, int drop)
    {
        var quotient = BigInteger.DivRem(digits, BigInteger.Pow(10, drop), out var rest);
        var half = (rest * 2).CompareTo(BigInteger.Pow(10, drop));
        return half > 0 || (half == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }

    private static int Length(BigInteger digits) => digits.ToString(CultureInfo.InvariantCulture).Length;

    private static PyDecimal NotZero(PyDecimal divisor, PyDecimal divided) => !divisor.IsZero ? divisor
        : divided.IsZero ? throw JinjaException.Runtime("[<class 'decimal.DivisionUndefined'>]")
        : throw JinjaException.Runtime("[<class 'decimal.DivisionByZero'>]");

    private static JinjaException Invalid() => JinjaException.Runtime("[<class 'decimal.InvalidOperation'>]");
}
