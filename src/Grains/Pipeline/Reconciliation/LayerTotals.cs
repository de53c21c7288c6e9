using System.Globalization;
using Recoup.Pipeline.Monitors;

namespace Recoup.Pipeline.Reconciliation;

/// <summary>Distinct charge events of one currency in one layer.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Events">Distinct event ids.</param>
/// <param name="AmountMinor">Their amounts, minor units.</param>
internal sealed record LayerTotal(string Currency, long Events, long AmountMinor);

/// <summary>The same charges in bronze, silver with its quarantine, and gold: all that bronze had when silver was built.</summary>
internal sealed record LayerTotals(IReadOnlyList<LayerTotal> Bronze, IReadOnlyList<LayerTotal> Silver, IReadOnlyList<LayerTotal> SilverQuarantine, IReadOnlyList<LayerTotal> Gold)
{
    public static async Task<LayerTotals> ReadAsync(LakeReader lake, CancellationToken cancellation)
    {
        var newest = await lake.RowsAsync(
            "select max(ingested_at) as built_until from (select ingested_at from silver.payments union all select ingested_at from silver.quarantine_payments) as built", cancellation);
        var until = newest[0][0] is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) : DateTimeOffset.UnixEpoch;
        return new LayerTotals(
            await ReadAsync(lake, $"bronze.payment_charges where ingested_at <= {LakeReader.Time(until)}", cancellation),
            await ReadAsync(lake, "silver.payments", cancellation),
            await ReadAsync(lake, "silver.quarantine_payments", cancellation),
            await ReadAsync(lake, "gold.fct_payments", cancellation));
    }

    private static async Task<IReadOnlyList<LayerTotal>> ReadAsync(LakeReader lake, string from, CancellationToken cancellation)
    {
        var rows = await lake.RowsAsync(
            $"""
            select currency, count(*) as events, sum(amount_minor) as amount_minor
            from (select event_id, max(currency) as currency, max(amount_minor) as amount_minor from {from} group by event_id) as events
            group by currency
            """,
            cancellation);
        return [.. rows.Select(row => new LayerTotal(row[0] ?? "none", LakeReader.Number(row[1]), LakeReader.Number(row[2])))];
    }
}
