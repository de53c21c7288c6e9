namespace Recoup.Pipeline.Reconciliation;

/// <summary>
/// Compares two readings that are both in the order of their keys, side by side. The grains are read first and bronze
/// afterwards, so bronze can only be ahead; what it lacks is missing.
/// </summary>
internal static class BookComparison
{
    public static async Task<BookTally> CompareAsync(BookTally tally, IAsyncEnumerable<GrainBook> grains, IAsyncEnumerable<LakeBook> lake)
    {
        await using var grain = grains.GetAsyncEnumerator();
        await using var bronze = lake.GetAsyncEnumerator();
        var (hasGrain, hasBronze) = (await grain.MoveNextAsync(), await bronze.MoveNextAsync());
        while (hasGrain || hasBronze)
        {
            var order = !hasGrain ? 1 : !hasBronze ? -1 : string.CompareOrdinal(grain.Current.Key, bronze.Current.Key);
            tally = order > 0 ? tally.AddForeign(bronze.Current) : tally.Add(grain.Current, order == 0 ? bronze.Current : null);
            hasGrain = order <= 0 ? await grain.MoveNextAsync() : hasGrain;
            hasBronze = order >= 0 ? await bronze.MoveNextAsync() : hasBronze;
        }

        return tally;
    }

    private static BookTally AddForeign(this BookTally tally, LakeBook book) => tally with
    {
        ForeignBooks = tally.ForeignBooks + 1,
        ForeignEvents = tally.ForeignEvents + book.Events,
    };

    private static BookTally Add(this BookTally tally, GrainBook grain, LakeBook? bronze) => tally with
    {
        ByCurrency = new Dictionary<string, CurrencyTally>(tally.ByCurrency)
        {
            [grain.Currency] = Add(tally.ByCurrency.GetValueOrDefault(grain.Currency) ?? new CurrencyTally(grain.Currency), grain, bronze),
        },
    };

    private static CurrencyTally Add(CurrencyTally sum, GrainBook grain, LakeBook? bronze)
    {
        if (bronze is not null && bronze.LastNumber > grain.Published)
        {
            return sum with { Books = sum.Books + 1, Moving = sum.Moving + 1 };
        }

        var missing = grain.Published - (bronze?.Events ?? 0);
        var collectedByGrain = grain.IsCollected ? grain.AmountMinor : 0;
        var collectedInBronze = bronze is { IsCollected: true } ? bronze.AmountMinor ?? 0 : 0;
        var agrees = missing == 0 && collectedByGrain == collectedInBronze && (bronze is null || bronze.Currency == grain.Currency);
        return sum with
        {
            Books = sum.Books + 1,
            EventsPublished = sum.EventsPublished + grain.Published,
            EventsInBronze = sum.EventsInBronze + (bronze?.Events ?? 0),
            EventsMissing = sum.EventsMissing + Math.Max(0, missing),
            EventsQuarantined = sum.EventsQuarantined + (bronze?.Quarantined ?? 0),
            CollectedByGrains = sum.CollectedByGrains + collectedByGrain,
            CollectedInBronze = sum.CollectedInBronze + (bronze?.Currency == grain.Currency ? collectedInBronze : 0),
            Example = sum.Example ?? (agrees ? null : grain.Key),
        };
    }
}
