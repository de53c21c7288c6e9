using Recoup.Amounts;

namespace Recoup.Client.Terminals;

/// <summary>Sums by currency in words; they are never added up over currencies.</summary>
internal static class MoneyWords
{
    /// <summary><c>49.99 USD · 500 JPY</c>.</summary>
    public static string Of(IReadOnlyDictionary<string, long> minor) => string.Join(" · ", Lines(minor).DefaultIfEmpty("nothing yet"));

    public static IEnumerable<string> Lines(IReadOnlyDictionary<string, long> minor) =>
        minor.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => new Money(entry.Value, entry.Key).ToString());
}
