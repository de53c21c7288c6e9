using System.Diagnostics;
using Recoup.Lakehouse.Bench.Freshness;
using Recoup.Lakehouse.Query;

namespace Recoup.Lakehouse.Bench.Transformations;

/// <summary>Typical queries of each gold table, through the query engine to the last row.</summary>
internal static class GoldQueries
{
    private static readonly (string Name, string Sql)[] Queries =
    [
        ("fct_payments: one payment", "SELECT * FROM gold.fct_payments WHERE payment_id = 'pay_4217'"),
        ("fct_payments: outcomes by currency", "SELECT outcome, currency, count(*), sum(amount_minor), sum(collected_minor) FROM gold.fct_payments GROUP BY outcome, currency"),
        ("fct_payments: one day's declines", "SELECT first_failure_code, count(*) FROM gold.fct_payments WHERE payment_date = DATE '2026-10-12' GROUP BY first_failure_code"),
        ("dim_customer: one customer", "SELECT * FROM gold.dim_customer WHERE customer_id = 'cus_42'"),
        ("dim_merchant: by payments", "SELECT merchant_id, payments, customers FROM gold.dim_merchant ORDER BY payments DESC LIMIT 20"),
        ("dim_date: weekends", "SELECT date_day FROM gold.dim_date WHERE is_weekend"),
        ("customer_payment_metrics: most valuable", "SELECT customer_id, currency, lifetime_value FROM gold.customer_payment_metrics WHERE clv_segment = 'high' ORDER BY lifetime_value_minor DESC LIMIT 20"),
        ("payment_recovery: money by currency", "SELECT currency, sum(declined_minor), sum(recovered_minor), sum(lost_minor) FROM gold.payment_recovery GROUP BY currency"),
        ("decline_code_performance: worth retrying", "SELECT failure_code, sum(retries), sum(succeeded_retries) FROM gold.decline_code_performance GROUP BY failure_code"),
        ("strategy_uplift: all", "SELECT * FROM gold.strategy_uplift ORDER BY currency"),
        ("provider_performance: all", "SELECT provider, currency, charges, success_rate FROM gold.provider_performance ORDER BY currency, success_rate DESC"),
        ("hourly_payment_metrics: hours of the day", "SELECT extract(hour FROM hour_at), sum(succeeded), sum(declined) FROM gold.hourly_payment_metrics GROUP BY extract(hour FROM hour_at)"),
        ("quarantine_summary: reasons", "SELECT layer, table_name, reason, sum(records) FROM gold.quarantine_summary GROUP BY layer, table_name, reason"),
    ];

    public static async Task RunAsync(IQueryEngine engine, int times, CancellationToken cancellation)
    {
        Console.WriteLine($"gold queries, {times} times each             rows     p50 ms   p95 ms");
        foreach (var (name, sql) in Queries)
        {
            // The first run plans and opens files; it is not one of those that are counted.
            var rows = await AskAsync(engine, sql, cancellation);
            var latency = new Percentiles();
            for (var run = 0; run < times; run++)
            {
                var began = Stopwatch.GetTimestamp();
                await AskAsync(engine, sql, cancellation);
                latency.Add(Stopwatch.GetElapsedTime(began));
            }

            Console.WriteLine($"  {name,-42} {rows,6}  {latency.Of(0.5),8:F1} {latency.Of(0.95),8:F1}");
        }
    }

    /// <summary>How many rows a query has.</summary>
    public static async Task<int> AskAsync(IQueryEngine engine, string sql, CancellationToken cancellation)
    {
        await using var result = await engine.ExecuteAsync(sql, null, cancellation);
        return await result.ReadTextAsync(cancellation).CountAsync(cancellation);
    }
}
