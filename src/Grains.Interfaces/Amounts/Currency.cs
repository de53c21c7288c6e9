using System.Collections.Frozen;

namespace Recoup.Amounts;

/// <summary>The currencies that Recoup takes, with what ISO 4217 says of them. Amounts are counted in minor units: cents, pence, whole yen.</summary>
public static class Currency
{
    /// <summary>No single payment may be larger than this many major units (CONTRACTS: validation).</summary>
    public const long MajorUnitsMax = 1_000_000;

    private static readonly FrozenDictionary<string, int> Exponents = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["USD"] = 2,
        ["CAD"] = 2,
        ["GBP"] = 2,
        ["EUR"] = 2,
        ["JPY"] = 0,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IReadOnlyList<string> Supported { get; } = ["USD", "CAD", "GBP", "EUR", "JPY"];

    public static bool IsSupported(string? code) => code is not null && Exponents.ContainsKey(code);

    /// <summary>How many decimal places the major unit has: 2 for USD, 0 for JPY.</summary>
    /// <exception cref="ArgumentException">The currency is not supported.</exception>
    public static int ExponentOf(string code) => Exponents.TryGetValue(code, out var exponent)
        ? exponent
        : throw new ArgumentException($"'{code}' is not a supported currency: {string.Join(", ", Supported)}.", nameof(code));

    /// <summary>Minor units in one major unit: 100 for USD, 1 for JPY.</summary>
    public static long MinorPerMajor(string code) => ExponentOf(code) == 0 ? 1 : 100;

    /// <summary>The largest amount of one payment, in minor units.</summary>
    public static long AmountMinorMax(string code) => MajorUnitsMax * MinorPerMajor(code);
}
