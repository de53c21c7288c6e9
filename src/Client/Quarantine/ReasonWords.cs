using System.Text.RegularExpressions;

namespace Recoup.Client.Quarantine;

/// <summary>A reason in words.</summary>
/// <param name="Reason">As in <c>rejection_reason</c>.</param>
/// <param name="Wrong">What is wrong with the record.</param>
/// <param name="Right">What would be right.</param>
internal sealed record ReasonExplanation(string Reason, string Wrong, string Right);

/// <summary>Explains the reasons of the validation (docs/FLINKSQL.md, flink/*.sql).</summary>
internal static partial class ReasonWords
{
    private const string Text = "a text or a number, not an object or a list";

    public static ReasonExplanation Explain(string reason)
    {
        var (wrong, right) = reason switch
        {
            "malformed_json" => ("The record is not one JSON object in UTF-8: cut off, empty, a tombstone, a byte-order mark, or text behind it.", "One JSON object, and nothing else."),
            "unknown_event_type" => ("event_type is none that this topic has.", "One of the topic's types, such as charge.succeeded (docs/EVENTS.md)."),
            "amount_out_of_range" => ("The amount is too small or too large.", "Minor units above 0 (subscriptions and providers: from 0), at most 100,000,000 (JPY: 1,000,000)."),
            "unsupported_currency" => ("The currency is not supported.", "USD, CAD, GBP, EUR or JPY."),
            "card_number_present" => ("A field holds what looks like a card number; it was taken out of what is kept.", "The provider's token for the card, or null."),
            _ => OfColumn(reason),
        };
        return new ReasonExplanation(reason, wrong, right);
    }

    private static (string Wrong, string Right) OfColumn(string reason)
    {
        var match = ColumnReason().Match(reason);
        if (!match.Success)
        {
            return ("This console does not know the reason.", "See the script in flink/ that reads the topic.");
        }

        var column = match.Groups["column"].Value;
        return match.Groups["kind"].Value == "missing"
            ? ($"{column} is missing, or says nothing (null, none, n/a, nan, blanks).", $"A value for {column}: {FormOf(column)}.")
            : ($"{column} is not of its form.", $"For {column}: {FormOf(column)}.");
    }

    private static string FormOf(string column) => column switch
    {
        "amount_minor" => "a whole number of minor units, written as one (4999, not 49.99, 4999.0 or 1e3)",
        "currency" => "USD, CAD, GBP, EUR or JPY",
        "attempt" or "schema_version" or "interval_count" => "a whole number of at most 9 digits",
        "fraud_score" or "decision_probability" => "a fraction from 0 to 1",
        "decision_delay_hours" => "a number from 0 on",
        "decision" => "an object",
        _ when column.StartsWith("is_", StringComparison.Ordinal) || column == "cancel_at_period_end" => "true or false",
        _ when column.EndsWith("_at", StringComparison.Ordinal) => "a time with offset or Z and a date that exists, such as 2026-11-24T09:30:00.123Z",
        _ when column.EndsWith("_country", StringComparison.Ordinal) => "two upper-case letters of ISO 3166, such as US",
        _ => Text,
    };

    [GeneratedRegex("^(?<kind>missing|invalid)_(?<column>[a-z_]+)$")]
    private static partial Regex ColumnReason();
}
