using Recoup.Pipeline.Monitors;

namespace Recoup.Pipeline.Reconciliation;

/// <summary>Recoup's charge events of one currency in one layer; sums are minor units.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Events">Distinct event ids.</param>
/// <param name="AmountMinor">The amounts that they name; gold keeps a row a payment and does not know it.</param>
/// <param name="CollectedMinor">The amounts of those that tell of money that came in.</param>
internal sealed record LayerTotal(string Currency, long Events, long AmountMinor, long CollectedMinor);

/// <summary>The same charges in bronze, silver, what silver refuses, and gold: all that bronze had when silver was built.</summary>
internal sealed record LayerTotals(IReadOnlyList<LayerTotal> Bronze, IReadOnlyList<LayerTotal> Silver, IReadOnlyList<LayerTotal> SilverQuarantine, IReadOnlyList<LayerTotal> Gold)
{
    private const string BuiltUntil =
        "select max(ingested_at) from (select ingested_at from silver.payments union all select ingested_at from silver.quarantine_payments) as built";

    public static async Task<LayerTotals> ReadAsync(LakeReader lake, CancellationToken cancellation)
    {
        return new LayerTotals(
            await ReadAsync(lake, Events($"bronze.payment_charges where ingested_at <= ({BuiltUntil})"), cancellation),
            await ReadAsync(lake, Events("silver.payments"), cancellation),
            await ReadAsync(lake, Events("silver.quarantine_payments where not is_resolved"), cancellation),
            await ReadAsync(lake, "select currency, sum(event_count) as events, 0 as amount_minor, sum(collected_minor) as collected_minor from gold.fct_payments group by currency", cancellation));
    }

    /// <summary>Each event once, however many copies of it there are.</summary>
    private static string Events(string from) =>
        $"""
        select currency, count(*) as events, sum(amount_minor) as amount_minor, sum(case when event_type = 'charge.succeeded' then amount_minor else 0 end) as collected_minor
        from (select event_id, max(currency) as currency, max(amount_minor) as amount_minor, max(event_type) as event_type from {from} group by event_id) as events
        group by currency
        """;

    private static async Task<IReadOnlyList<LayerTotal>> ReadAsync(LakeReader lake, string sql, CancellationToken cancellation) =>
        [.. (await lake.RowsAsync(sql, cancellation)).Select(row => new LayerTotal(row[0] ?? "none", LakeReader.Number(row[1]), LakeReader.Number(row[2]), LakeReader.Number(row[3])))];
}
