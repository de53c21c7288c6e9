using Recoup.Amounts;

namespace Recoup.Client.Simulate;

/// <summary>Payments added up: by result, and the declined ones by the code of the first decline.</summary>
internal sealed record PaymentTally
{
    public required int Payments { get; init; }
    public required IReadOnlyDictionary<PaymentResult, int> Results { get; init; }
    public required int Attempts { get; init; }

    /// <summary>By currency, minor units.</summary>
    public required IReadOnlyDictionary<string, long> RecoveredMinor { get; init; }

    /// <summary>The most frequent code first.</summary>
    public required IReadOnlyList<FailureTally> Failures { get; init; }

    public int this[PaymentResult result] => Results.GetValueOrDefault(result);

    /// <summary>Share of the declined payments that have an end and were collected; null while there are none.</summary>
    public double? RecoveryRate => Failures.Sum(failure => failure.Recovered + failure.Lost) is > 0 and var ended
        ? Failures.Sum(failure => failure.Recovered) / (double)ended
        : null;

    public static PaymentTally Of(IEnumerable<PaymentStanding> standings)
    {
        var counted = standings.Where(standing => !standing.IsMerged).ToList();
        return new PaymentTally
        {
            Payments = counted.Count,
            Results = counted.CountBy(standing => standing.Result).ToDictionary(),
            Attempts = counted.Sum(standing => standing.Attempts),
            RecoveredMinor = MoneySums.ByCurrency(counted.Where(standing => standing.Result is PaymentResult.Recovered).Select(standing => standing.Amount)),
            Failures =
            [
                .. counted.Where(standing => standing.FirstFailureCode is not null)
                    .GroupBy(standing => standing.FirstFailureCode!, StringComparer.Ordinal)
                    .Select(group => FailureTally.Of(group.Key, [.. group]))
                    .OrderByDescending(failure => failure.Declined)
                    .ThenBy(failure => failure.FailureCode, StringComparer.Ordinal),
            ],
        };
    }
}

/// <summary>What became of the payments whose first attempt was declined with one code.</summary>
internal sealed record FailureTally
{
    public required string FailureCode { get; init; }
    public required int Declined { get; init; }
    public required int Recovered { get; init; }

    /// <summary>Ended without the money: failed or cancelled.</summary>
    public required int Lost { get; init; }
    public required int Recovering { get; init; }

    /// <summary>By currency, minor units.</summary>
    public required IReadOnlyDictionary<string, long> DeclinedMinor { get; init; }
    public required IReadOnlyDictionary<string, long> RecoveredMinor { get; init; }

    public static FailureTally Of(string code, IReadOnlyList<PaymentStanding> declined) => new()
    {
        FailureCode = code,
        Declined = declined.Count,
        Recovered = declined.Count(standing => standing.Result is PaymentResult.Recovered),
        Lost = declined.Count(standing => standing.Result is PaymentResult.Failed or PaymentResult.Cancelled),
        Recovering = declined.Count(standing => standing.Result is PaymentResult.Recovering),
        DeclinedMinor = MoneySums.ByCurrency(declined.Select(standing => standing.Amount)),
        RecoveredMinor = MoneySums.ByCurrency(declined.Where(standing => standing.Result is PaymentResult.Recovered).Select(standing => standing.Amount)),
    };
}

/// <summary>Sums that never mix currencies.</summary>
internal static class MoneySums
{
    public static IReadOnlyDictionary<string, long> ByCurrency(IEnumerable<Money> amounts) => amounts
        .GroupBy(amount => amount.CurrencyCode, StringComparer.Ordinal)
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Aggregate(Money.Zero(group.Key), Money.Add).Minor, StringComparer.Ordinal);
}
