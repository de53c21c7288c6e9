namespace Recoup.Lakehouse.Bench.Transformations;

/// <summary>
/// Rows of bronze as SELECTs over a range of charge events, the same ones each time. Twenty events tell ten payments: five are paid at once, three
/// after declines, one is given up, one is still open.
/// </summary>
/// <param name="From">The first event; a multiple of twenty, so that no payment is told in two ranges.</param>
/// <param name="To">The event after the last one.</param>
/// <param name="Customers">How many customers the payments are spread over.</param>
/// <param name="FirstDay">The day of October 2026 on which the first payments are made.</param>
/// <param name="Days">On how many days they are made; retries come up to four days later.</param>
internal sealed record BronzeSql(long From, long To, long Customers, int FirstDay, int Days)
{
    public const int EventsOfTen = 20;

    private const string Told = """
        (VALUES (0, 0, 1, 'succeeded', 1, true, NULL), (1, 1, 1, 'succeeded', 1, true, NULL), (2, 2, 1, 'succeeded', 1, true, NULL),
            (3, 3, 1, 'succeeded', 1, true, NULL), (4, 4, 1, 'succeeded', 1, true, NULL),
            (5, 5, 1, 'failed', 1, false, 'insufficient_funds'), (6, 5, 2, 'succeeded', 2, true, NULL),
            (7, 6, 1, 'failed', 1, false, 'do_not_honor'), (8, 6, 2, 'succeeded', 2, true, NULL),
            (9, 7, 1, 'failed', 1, false, 'insufficient_funds'), (10, 7, 2, 'failed', 2, false, 'insufficient_funds'),
            (11, 7, 3, 'failed', 3, false, 'do_not_honor'), (12, 7, 4, 'succeeded', 4, true, NULL),
            (13, 8, 1, 'failed', 1, false, 'expired_card'), (14, 8, 2, 'failed', 2, false, 'expired_card'), (15, 8, 3, 'failed', 3, false, 'expired_card'),
            (16, 8, 4, 'failed', 4, false, 'expired_card'), (17, 8, 5, 'failed', 4, true, 'recovery_exhausted'),
            (18, 9, 1, 'failed', 1, false, 'issuer_unavailable'), (19, 9, 2, 'failed', 2, false, 'issuer_unavailable')
        ) AS told(slot, payment, number, result, attempt, is_final, failure_code)
        """;

    private const string Money = "200 + h % 400000 AS amount_minor, ['USD', 'EUR', 'GBP', 'CAD', 'JPY'][1 + h % 5] AS currency";

    /// <summary>The SELECT of each table's rows.</summary>
    public IEnumerable<(string Table, string Select)> Tables() =>
    [
        ("payment_charges", Charges), ("quarantine_payment_charges", Quarantined),
        ("payment_refunds", Refunds), ("payment_disputes", Disputes), ("payment_subscriptions", Subscriptions),
        ("stripe_payments", Provider("stripe", "charge.succeeded", "succeeded", """{"account": "acct_1", "data": {"object": {"captured": true}}}""")),
        ("square_payments", Provider("square", "payment.updated", "COMPLETED", """{"merchant_id": "m_1"}""")),
    ];

    /// <summary>One in a hundred is there twice, as at-least-once has it.</summary>
    private string Charges => $"""
        WITH events AS (
            SELECT * EXCLUDE (payment), n // {EventsOfTen} * 10 + payment AS payment, {Scattered($"n // {EventsOfTen} * 10 + payment")} AS h
            FROM range({From}, {To}) AS r(n) JOIN {Told} ON n % {EventsOfTen} = slot
        )
        SELECT 'pay_' || payment || ':' || number AS event_id, 'charge.' || result AS event_type, 1 AS schema_version, {At("attempt - 1")} AS created_at,
            {Owner}, {Money}, 'card_' || h // 100 % {Customers} AS card_id, ['visa', 'mastercard', 'amex'][1 + h % 3] AS card_network, 'US' AS card_country,
            'US' AS billing_country, 'card' AS payment_method, attempt, is_final, failure_code, CASE WHEN failure_code IS NOT NULL THEN '51' END AS network_code,
            h % 1000 / 10000.0 AS fraud_score, CASE WHEN attempt > 1 THEN ['learned', 'baseline'][1 + h % 2] END AS decision_strategy,
            CASE WHEN attempt > 1 THEN '2026-09' END AS decision_strategy_version, CASE WHEN attempt > 1 THEN ['treatment', 'holdout'][1 + h % 2] END AS decision_arm,
            CASE WHEN attempt > 1 THEN 'same_card' END AS decision_method, CASE WHEN attempt > 1 THEN 24.0 END AS decision_delay_hours,
            CASE WHEN attempt > 1 THEN h % 100 / 100.0 END AS decision_probability, {Place("n")}
        FROM events, range(CASE WHEN n % 100 = 0 THEN 2 ELSE 1 END)
        """;

    private string Refunds => $"""
        SELECT 'pay_' || payment || ':r' || step AS event_id, ['refund.created', 'refund.succeeded'][step] AS event_type, {At("step")} AS created_at,
            're_' || payment AS refund_id, 'ch_' || payment AS charge_id, {Owner}, {Money}, ['pending', 'succeeded'][step] AS status, {Place("payment * 2 + step")}
        FROM {Payments}, range(1, 3) AS s(step) WHERE payment % 50 = 0
        """;

    private string Disputes => $"""
        SELECT 'pay_' || payment || ':d' || step AS event_id, ['dispute.created', 'dispute.closed'][step] AS event_type, {At("step")} AS created_at,
            'dp_' || payment AS dispute_id, 'ch_' || payment AS charge_id, {Owner}, {Money}, ['needs_response', 'lost'][step] AS status, {Place("payment * 2 + step")}
        FROM {Payments}, range(1, 3) AS s(step) WHERE payment % 200 = 1
        """;

    private string Subscriptions => $"""
        SELECT 'sub_' || payment || ':1' AS event_id, 'subscription.updated' AS event_type, {At("1")} AS created_at, 'sub_' || payment AS subscription_id,
            {Owner}, {Money}, 'month' AS "interval", 1 AS interval_count, ['active', 'past_due', 'canceled'][1 + h % 3] AS status, {Place("payment")}
        FROM {Payments} WHERE payment % 100 = 2
        """;

    private string Quarantined => $"""
        SELECT 'payments.charges' AS kafka_topic, 0 AS kafka_partition, 1000000000000 + n AS kafka_offset, TIMESTAMPTZ '2026-10-{FirstDay:D2} 00:00:00+00' + to_minutes(n % 1440) AS quarantined_at,
            ['malformed_json', 'missing_event_id;invalid_currency', 'invalid_amount'][1 + n // 300 % 3] AS rejection_reason
        FROM range({From}, {To}) AS r(n) WHERE n % 300 = 0
        """;

    private string Payments => $"(SELECT payment, {Scattered("payment")} AS h FROM range({From / 2}, {To / 2}) AS r(payment))";

    private string Owner => $"'pay_' || payment AS payment_id, 'cus_' || h // 100 % {Customers} AS customer_id, 'mer_' || h % 20 AS merchant_id, 'recoup' AS provider";

    private string Provider(string provider, string type, string status, string raw) => $"""
        SELECT '{provider}_' || payment || ':1' AS event_id, '{type}' AS event_type, {At("1")} AS created_at, '{provider}_' || payment AS object_id,
            '{provider}_' || payment AS payment_ref, 'cus_' || h // 100 % {Customers} AS customer_ref, {Money}, '{status}' AS status, '{raw}' AS raw_event,
            '{provider}.payments' AS kafka_topic, {Place("payment")}
        FROM {Payments} WHERE payment % 20 = 3
        """;

    /// <summary>A number that looks drawn and is the same in each run and version.</summary>
    private static string Scattered(string number) => $"((({number}) * 2654435761) % 4294967296) // 128";

    /// <summary>Some days after the payment was made.</summary>
    private string At(string days) =>
        $"TIMESTAMPTZ '2026-10-{FirstDay:D2} 00:00:00+00' + to_seconds(h * 7919 % {Days * 86_400}) + to_days(CAST({days} AS INTEGER))";

    private static string Place(string offset) => $"CAST(payment % 4 AS INTEGER) AS kafka_partition, {offset} AS kafka_offset, TIMESTAMPTZ '2026-11-10 00:00:00+00' + to_seconds({offset} // 2000) AS ingested_at";
}
