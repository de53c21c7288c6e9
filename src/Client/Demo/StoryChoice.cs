using Recoup.Client.Simulate;

namespace Recoup.Client.Demo;

/// <summary>Chooses the recovered payment whose story says most: the one with the most attempts, but not so many that nobody reads on.</summary>
internal static class StoryChoice
{
    private const int AttemptsMax = 4;

    public static string? Choose(IEnumerable<KeyValuePair<string, PaymentStanding?>> payments) => payments
        .Where(entry => entry.Value is { Result: PaymentResult.Recovered, IsMerged: false, FirstFailureCode: not null })
        .OrderBy(entry => entry.Value!.Attempts > AttemptsMax)
        .ThenByDescending(entry => entry.Value!.Attempts)
        .ThenBy(entry => entry.Key, StringComparer.Ordinal)
        .Select(entry => entry.Key)
        .FirstOrDefault();
}
