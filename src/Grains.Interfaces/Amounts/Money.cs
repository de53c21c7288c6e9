using System.Globalization;

namespace Recoup.Amounts;

/// <summary>An amount in minor units of one ISO 4217 currency. Sums are checked, and two currencies never meet in one.</summary>
/// <param name="Minor">Minor units: 4999 is 49.99 USD, or 4999 JPY.</param>
/// <param name="CurrencyCode">ISO 4217, upper case.</param>
[GenerateSerializer, Immutable, Alias("recoup.money")]
public readonly record struct Money([property: Id(0)] long Minor, [property: Id(1)] string CurrencyCode)
{
    public static Money Zero(string currencyCode) => new(0, currencyCode);

    /// <exception cref="OverflowException">The sum does not fit.</exception>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public static Money operator +(Money left, Money right) => left.SameCurrency(right) with { Minor = checked(left.Minor + right.Minor) };

    public static Money operator -(Money left, Money right) => left.SameCurrency(right) with { Minor = checked(left.Minor - right.Minor) };

    public static Money Add(Money left, Money right) => left + right;

    public static Money Subtract(Money left, Money right) => left - right;

    /// <summary>For people: <c>49.99 USD</c>, <c>4999 JPY</c>.</summary>
    public override string ToString()
    {
        var exponent = Currency.ExponentOf(CurrencyCode);
        if (exponent == 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{Minor} {CurrencyCode}");
        }

        var perMajor = Currency.MinorPerMajor(CurrencyCode);
        var sign = Minor < 0 ? "-" : "";
        var (major, minor) = (Math.Abs(Minor / perMajor), Math.Abs(Minor % perMajor));
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{major}.{minor.ToString($"D{exponent}", CultureInfo.InvariantCulture)} {CurrencyCode}");
    }

    private Money SameCurrency(Money other) => CurrencyCode == other.CurrencyCode
        ? this
        : throw new InvalidOperationException($"{CurrencyCode} and {other.CurrencyCode} cannot be added up.");
}
