using Recoup.Amounts;

namespace Recoup.Pipeline.Reconciliation;

/// <summary>What the comparisons mean. Pure.</summary>
internal static class ReconciliationReadings
{
    public const string Monitor = "reconciliation";

    public static IEnumerable<Reading> OfBooks(BookTally tally, long threshold)
    {
        foreach (var sum in tally.ByCurrency.Values.OrderBy(sum => sum.Currency, StringComparer.Ordinal))
        {
            yield return Of($"published_{sum.Currency}", sum.EventsMissing, threshold, "events", Published(sum), Deeper(sum));
            yield return Of(
                $"collected_{sum.Currency}", Math.Abs(sum.CollectedByGrains - sum.CollectedInBronze), threshold, "minor_units",
                $"Collected: grains {Money(sum.CollectedByGrains, sum.Currency)}, bronze {Money(sum.CollectedInBronze, sum.Currency)}{Moving(sum)}", Deeper(sum));
        }

        yield return Of("foreign", tally.ForeignEvents, null, "events", $"Apart from these, bronze and quarantine name {tally.ForeignBooks} payments or subscriptions that no grain knows, with {tally.ForeignEvents} events in bronze");
    }

    public static IEnumerable<Reading> OfLayers(LayerTotals layers, long threshold) =>
        layers.Bronze.Concat(layers.Silver).Concat(layers.SilverQuarantine).Concat(layers.Gold)
            .Select(total => total.Currency).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .SelectMany(currency => OfLayers(layers, currency, threshold));

    private static IEnumerable<Reading> OfLayers(LayerTotals layers, string currency, long threshold)
    {
        var (bronze, silver) = (Find(layers.Bronze, currency), Find(layers.Silver, currency));
        var (refused, gold) = (Find(layers.SilverQuarantine, currency), Find(layers.Gold, currency));
        yield return Of(
            $"silver_{currency}",
            Difference((bronze.Events, bronze.AmountMinor), (silver.Events + refused.Events, silver.AmountMinor + refused.AmountMinor)),
            threshold,
            "minor_units",
            $"Charge events: bronze {Words(bronze.Events, bronze.AmountMinor, currency)}, silver {Words(silver.Events, silver.AmountMinor, currency)}, refused by silver {Words(refused.Events, refused.AmountMinor, currency)}",
            "select event_id from bronze.payment_charges except select event_id from silver.payments except select event_id from silver.quarantine_payments");
        yield return Of(
            $"gold_{currency}",
            Difference((silver.Events, silver.CollectedMinor), (gold.Events, gold.CollectedMinor)),
            threshold,
            "minor_units",
            $"Collected: silver {Money(silver.CollectedMinor, currency)} in {silver.Events} events, gold {Money(gold.CollectedMinor, currency)} in {gold.Events} events",
            "select payment_id, currency from silver.payments except select payment_id, currency from gold.fct_payments");
    }

    /// <summary>Minor units that differ; where sums agree and counts do not, the count: two errors that cancel each other out are two errors.</summary>
    private static long Difference((long Events, long Minor) one, (long Events, long Minor) other) => Math.Max(Math.Abs(one.Minor - other.Minor), Math.Abs(one.Events - other.Events));

    private static LayerTotal Find(IReadOnlyList<LayerTotal> totals, string currency) =>
        totals.FirstOrDefault(total => total.Currency == currency) ?? new LayerTotal(currency, 0, 0, 0);

    private static Reading Of(string subject, long difference, long? threshold, string unit, string summary, string? query = null) => new()
    {
        Monitor = Monitor,
        Subject = subject,
        Severity = difference > threshold ? Severity.Critical : Severity.Ok,
        Value = difference,
        Threshold = threshold,
        Unit = unit,
        Summary = summary,
        Query = query,
    };

    private static string Published(CurrencyTally sum) =>
        $"{sum.Currency}: {sum.EventsPublished} events published, {sum.EventsInBronze} in bronze, {sum.EventsMissing} missing, {sum.EventsQuarantined} in quarantine{Moving(sum)}";

    private static string Moving(CurrencyTally sum) => sum.Moving == 0 ? "" : $"; {sum.Moving} of {sum.Books} payments moved meanwhile and are compared next time";

    private static string? Deeper(CurrencyTally sum) =>
        sum.Example is { } example ? $"select event_id, event_type, currency, amount_minor from bronze.payment_charges where payment_id = '{example}' order by created_at" : null;

    private static string Words(long events, long minor, string currency) => $"{events} ({Money(minor, currency)})";

    private static string Money(long minor, string currency) => Currency.IsSupported(currency) ? new Money(minor, currency).ToString() : $"{minor} minor units of {currency}";
}
