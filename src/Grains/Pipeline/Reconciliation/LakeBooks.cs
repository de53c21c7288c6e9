using System.Runtime.CompilerServices;
using Recoup.Pipeline.Monitors;

namespace Recoup.Pipeline.Reconciliation;

/// <summary>Asks bronze for its books, in the order of their keys.</summary>
internal sealed class LakeBooks(LakeReader lake)
{
    private static readonly string Payments = Sql(
        """
        select payment_id as book, event_id, currency, amount_minor, event_type, 'bronze' as place from bronze.payment_charges
        union all select payment_id, event_id, currency, cast(null as bigint), event_type, 'bronze' from bronze.payment_refunds
        union all select payment_id, event_id, currency, cast(null as bigint), event_type, 'bronze' from bronze.payment_disputes
        union all select payment_id, event_id, cast(null as varchar), cast(null as bigint), '', 'quarantine' from bronze.quarantine_payment_charges where payment_id is not null
        union all select payment_id, event_id, cast(null as varchar), cast(null as bigint), '', 'quarantine' from bronze.quarantine_payment_refunds where payment_id is not null
        union all select payment_id, event_id, cast(null as varchar), cast(null as bigint), '', 'quarantine' from bronze.quarantine_payment_disputes where payment_id is not null
        """);

    private static readonly string Subscriptions = Sql(
        "select subscription_id as book, event_id, currency, cast(null as bigint) as amount_minor, event_type, 'bronze' as place from bronze.payment_subscriptions");

    public IAsyncEnumerable<LakeBook> ReadPaymentsAsync(CancellationToken cancellation) => ReadAsync(Payments, cancellation);

    public IAsyncEnumerable<LakeBook> ReadSubscriptionsAsync(CancellationToken cancellation) => ReadAsync(Subscriptions, cancellation);

    private async IAsyncEnumerable<LakeBook> ReadAsync(string sql, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in lake.StreamAsync(sql, cancellation))
        {
            yield return new LakeBook(
                row[0]!,
                LakeReader.Number(row[1]),
                LakeReader.Number(row[2]),
                row[3] == row[4] ? row[3] : null,
                row[5] == row[6] && row[5] is { } amount ? LakeReader.Number(amount) : null,
                LakeReader.Number(row[7]) > 0,
                LakeReader.Number(row[8]));
        }
    }

    /// <summary>An event id of ours is its book's id, a colon and a number.</summary>
    private static string Sql(string events) =>
        $"""
        select book,
          count(distinct case when place = 'bronze' then event_id end) as events,
          max(case when place = 'bronze' and substr(event_id, 1, length(book) + 1) = concat(book, ':') then try_cast(substr(event_id, length(book) + 2) as bigint) end) as last_number,
          min(currency) as lowest_currency, max(currency) as highest_currency,
          min(amount_minor) as lowest_minor, max(amount_minor) as highest_minor,
          sum(case when event_type = 'charge.succeeded' then 1 else 0 end) as successes,
          count(distinct case when place = 'quarantine' then event_id end) as quarantined
        from ({events}) as events
        group by book
        order by book
        """;
}
