using Recoup.Amounts;
using Recoup.Customers;
using Recoup.Payments;

namespace Recoup.Fraud;

/// <summary>
/// The score of a payment before its first attempt: the sum of its features' weights, at most 1. By default it takes a foreign card and an amount far above
/// the usual to be blocked; neither alone is enough, and neither is haste with one of them.
/// </summary>
public static class FraudScore
{
    public const double CountryMismatchWeight = 0.35;
    public const double HighAmountWeight = 0.35;
    public const double RaisedAmountWeight = 0.08;
    public const double VelocityWeight = 0.15;
    public const double RecentFailuresWeight = 0.08;

    /// <summary>Payments of one hour, this one not counted, from which on they are many.</summary>
    public const int VelocityFrom = 5;
    public const int RecentFailuresFrom = 3;

    /// <summary>Fewer collected payments are no history.</summary>
    public const int HistoryFrom = 3;
    private const int HighAmountTimes = 5;
    private const int RaisedAmountTimes = 3;
    private const int WholeUnitFactor = 100;

    public static FraudVerdict Of(SubmitPayment payment, RiskFacts facts, FraudOptions options)
    {
        var features = Features(payment, facts, options).OrderByDescending(feature => feature.Weight).ToArray();
        var score = Math.Min(1, Math.Round(features.Sum(feature => feature.Weight), 4));
        return new FraudVerdict
        {
            Score = score,
            Blocked = score >= options.BlockFromScore,
            Reasons = [.. features.Select(feature => feature.Name)],
        };
    }

    private static IEnumerable<(string Name, double Weight)> Features(SubmitPayment payment, RiskFacts facts, FraudOptions options)
    {
        if (payment is { CardCountry: { } card, BillingCountry: { } billing } && !string.Equals(card, billing, StringComparison.OrdinalIgnoreCase))
        {
            yield return ("country_mismatch", CountryMismatchWeight);
        }

        if (IsHigh(payment, facts, options))
        {
            yield return ("high_amount", HighAmountWeight);
        }
        else if (facts.Collected >= HistoryFrom && payment.AmountMinor >= RaisedAmountTimes * facts.MeanAmountMinor)
        {
            yield return ("raised_amount", RaisedAmountWeight);
        }

        if (facts.PaymentsLastHour >= VelocityFrom)
        {
            yield return ("velocity", VelocityWeight);
        }

        if (facts.FailuresLastDay >= RecentFailuresFrom)
        {
            yield return ("recent_failures", RecentFailuresWeight);
        }
    }

    private static bool IsHigh(SubmitPayment payment, RiskFacts facts, FraudOptions options)
    {
        if (facts.Collected >= HistoryFrom && facts.MeanAmountMinor is { } mean)
        {
            return payment.AmountMinor >= HighAmountTimes * mean;
        }

        var perMajor = Currency.ExponentOf(payment.Currency) == 0 ? WholeUnitFactor : Currency.MinorPerMajor(payment.Currency);
        return payment.AmountMinor >= options.HighAmountMajor * perMajor;
    }
}
