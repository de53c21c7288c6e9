using System.Text;
using System.Text.Json.Nodes;
using Recoup.Events;

namespace Recoup.Client.Simulate.Injection;

/// <summary>One way in which a record can be wrong, and what the validation says of it.</summary>
internal sealed record Fault(string Name, string Topic, string Reasons, Func<string, byte[]?> Make)
{
    /// <summary>One of each kind that real topics bring: nothing in every spelling, blanks, wrong types and times, broken JSON, bytes, card numbers.</summary>
    public static IReadOnlyList<Fault> All { get; } =
    [
        Charge("currency_is_the_word_null", "missing_currency", record => record["currency"] = " \"NULL\" "),
        Charge("customer_is_n_a", "missing_customer_id", record => record["customer_id"] = "N/A"),
        Charge("merchant_is_blanks", "missing_merchant_id", record => record["merchant_id"] = "\u00a0\u2003\u200b"),
        Charge("payment_is_null", "missing_payment_id", record => record["payment_id"] = null),
        Charge("event_id_is_undefined", "missing_event_id", record => record["event_id"] = "undefined"),
        Charge("amount_is_in_major_units", "invalid_amount_minor", record => record["amount_minor"] = 49.99),
        Charge("amount_is_zero", "amount_out_of_range", record => record["amount_minor"] = 0),
        Charge("amount_is_negative", "amount_out_of_range", record => record["amount_minor"] = "-4999"),
        Charge("amount_is_huge", "amount_out_of_range", record => record["amount_minor"] = 100_000_001),
        Charge("yen_have_no_cents", "amount_out_of_range", record => (record["currency"], record["amount_minor"]) = ("JPY", 1_000_001)),
        Charge("currency_is_not_supported", "unsupported_currency", record => record["currency"] = "CHF"),
        Charge("type_is_unknown", "unknown_event_type", record => record["event_type"] = "charge.exploded"),
        Charge("time_has_no_zone", "invalid_created_at", record => record["created_at"] = "2026-11-23T09:30:00"),
        Charge("date_does_not_exist", "invalid_created_at", record => record["created_at"] = "2026-02-30T09:30:00Z"),
        Charge("country_is_a_number", "invalid_card_country", record => record["card_country"] = 840),
        Charge("customer_is_an_object", "invalid_customer_id", record => record["customer_id"] = new JsonObject { ["id"] = "cus_1" }),
        Charge("attempt_is_a_word", "invalid_attempt", record => record["attempt"] = "first"),
        Charge("flag_is_a_word", "invalid_is_final", record => record["is_final"] = "maybe"),
        Charge("score_is_above_one", "invalid_fraud_score", record => record["fraud_score"] = 1.7),
        Charge("card_number_in_a_text", "card_number_present", record => record["failure_code"] = "card 4242 4242 4242 4242 declined"),
        Charge("several_at_once", "missing_customer_id;invalid_amount_minor;unsupported_currency", record =>
            (record["customer_id"], record["amount_minor"], record["currency"]) = ("nil", "many", "XXX")),
        Broken("json_is_cut_off", record => record[..(record.Length / 2)]),
        Broken("text_behind_the_json", record => [.. record, .. " and more"u8]),
        Broken("byte_order_mark", record => [0xEF, 0xBB, 0xBF, .. record]),
        Broken("bytes_are_latin_1", record => Encoding.Latin1.GetBytes(Encoding.UTF8.GetString(record).Replace("insufficient", "insuffisant \u00e9", StringComparison.Ordinal))),
        Broken("record_is_empty", _ => []),
        Broken("tombstone", _ => null),
        Of("refund_without_a_status", Topics.Refunds, "missing_status", RightRecords.Refund, record => record["status"] = "none"),
        Of("dispute_of_unknown_status", Topics.Disputes, "invalid_status", RightRecords.Dispute, record => record["status"] = "maybe"),
        Of("interval_count_is_a_word", Topics.Subscriptions, "invalid_interval_count", RightRecords.Subscription, record => record["interval_count"] = "monthly"),
        Of("stripe_event_without_a_type", Topics.Stripe, "missing_event_type", RightRecords.Stripe, record => record["type"] = ""),
        Of("square_time_is_a_word", Topics.Square, "invalid_created_at", RightRecords.Square, record => record["created_at"] = "yesterday"),
    ];

    private static Fault Charge(string name, string reasons, Action<JsonObject> spoil) => Of(name, Topics.Charges, reasons, RightRecords.Charge, spoil);

    private static Fault Of(string name, string topic, string reasons, Func<string, JsonObject> right, Action<JsonObject> spoil) => new(name, topic, reasons, key =>
    {
        var record = right(key);
        spoil(record);
        return Encoding.UTF8.GetBytes(record.ToJsonString(RecoupJson.Options));
    });

    private static Fault Broken(string name, Func<byte[], byte[]?> breakIt) => new(
        name, Topics.Charges, "malformed_json", key => breakIt(Encoding.UTF8.GetBytes(RightRecords.Charge(key).ToJsonString(RecoupJson.Options))));
}
