using System.Globalization;
using System.Numerics;
using Recoup.Lakehouse.Dbt.Jinja.Formatting;

namespace Recoup.Lakehouse.Dbt.Jinja.Values;

/// <summary>Python's <c>decimal.Decimal</c>, a finite one: digits that are never rounded unasked, and where the point stands.</summary>
/// <param name="digits">The digits as a whole number, not negative.</param>
/// <param name="exponent">The power of ten of the last digit.</param>
internal sealed class PyDecimal(bool isNegative, BigInteger digits, int exponent) : IJinjaObject, IPyRepr, IPyNumber, IPyOrdered, IPyFormattable
{
    public bool IsNegative => isNegative;

    public BigInteger Digits => digits;

    public int Exponent => exponent;

    public bool IsZero => digits.IsZero;

    /// <summary>The digits with their sign.</summary>
    public BigInteger Signed => isNegative ? -digits : digits;

    public string TypeName => "decimal.Decimal";

    public string Repr => $"Decimal('{this}')";

    public static PyDecimal Of(BigInteger signed, int exponent = 0) => new(signed.Sign < 0, BigInteger.Abs(signed), exponent);

    public static PyDecimal Of(decimal value)
    {
        var text = value.ToString(CultureInfo.InvariantCulture);
        return new PyDecimal(text[0] == '-', BigInteger.Parse(text.Replace(".", "", StringComparison.Ordinal).TrimStart('-'), CultureInfo.InvariantCulture), -value.Scale);
    }

    /// <summary>From the shortest text of a float, as <c>Decimal(repr(value))</c> reads it.</summary>
    /// <exception cref="JinjaException">The value is no number.</exception>
    public static PyDecimal OfFloat(double value)
    {
        var text = double.IsFinite(value) ? PyFloat.Repr(value) : throw JinjaException.Unsupported("NaN or infinity as a Decimal");
        var parts = text.TrimStart('-').Split('e');
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var power = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        return new PyDecimal(
            text[0] == '-', BigInteger.Parse(parts[0].Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture), power - (point < 0 ? 0 : parts[0].Length - point - 1));
    }

    public bool TryGetAttribute(string name, out object? value) => throw JinjaException.Unsupported($"'{name}' of a Decimal");

    public object? Combine(string symbol, object? right) => Operand(right) is { } other ? DecimalArithmetic.Compute(symbol, this, other) : null;

    public object? CombineFromRight(string symbol, object? left) => Operand(left) is { } other ? DecimalArithmetic.Compute(symbol, other, this) : null;

    public object Negate() => DecimalArithmetic.Rounded(!isNegative && !IsZero, digits, exponent);

    public int? CompareTo(IPyOrdered other) => other is PyDecimal number ? Compare(this, number) : null;

    public static int Compare(PyDecimal left, PyDecimal right)
    {
        var common = Math.Min(left.Exponent, right.Exponent);
        return left.At(common).CompareTo(right.At(common));
    }

    /// <summary>A number of any type, exactly; null for what is none.</summary>
    public static PyDecimal? Exact(object? value) => value switch
    {
        PyDecimal number => number,
        double real when double.IsFinite(real) => ExactDecimal.Of(real),
        _ => Operand(value),
    };

    /// <summary>With its sign, as so many units of a power of ten that is no higher than its own.</summary>
    public BigInteger At(int power) => Signed * BigInteger.Pow(10, exponent - power);

    public double ToDouble() => double.Parse(ToString(), CultureInfo.InvariantCulture);

    /// <summary>Without what stands behind the point.</summary>
    public BigInteger Truncate() => exponent >= 0 ? At(0) : Signed / BigInteger.Pow(10, -exponent);

    public string Format(string spec) => DecimalText.Format(this, spec);

    public override string ToString() => DecimalText.Of(this);

    public override bool Equals(object? obj) => obj is PyDecimal other && Compare(this, other) == 0;

    public override int GetHashCode() => ToDouble().GetHashCode();

    private static PyDecimal? Operand(object? value) => value as PyDecimal ?? (PyInt.TryGet(value, out var whole) ? Of(whole) : null);
}
