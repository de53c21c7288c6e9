using System.Globalization;

namespace Recoup.Lakehouse.Tests.Dbt.Project;

/// <summary>The life of one payment of Recoup's as its events tell it: attempts, an end, a refund, a dispute.</summary>
internal sealed class PaymentStory
{
    private static readonly DateTimeOffset From = new(2026, 10, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly BronzeWriter bronze;
    private readonly string paymentId;
    private readonly string customerId;
    private readonly string merchantId;
    private readonly string? provider;
    private readonly string currency;
    private readonly long amountMinor;
    private readonly string arm;
    private DateTimeOffset now;
    private int events;

    /// <summary>Customers are few, so that they are seen often.</summary>
    public PaymentStory(BronzeWriter bronze, int number, int customers)
    {
        this.bronze = bronze;
        paymentId = string.Create(CultureInfo.InvariantCulture, $"pay_{number}");
        customerId = string.Create(CultureInfo.InvariantCulture, $"cus_{bronze.Random.Next(customers)}");
        merchantId = bronze.OneOf("mer_1", "mer_2");
        provider = bronze.OneOf("recoup", "recoup", "stripe", "square", null);
        currency = bronze.OneOf("USD", "CAD", "GBP", "EUR", "JPY");
        amountMinor = bronze.OneOf(bronze.Random.Next(1, 200), bronze.Random.Next(200, 2_000_000), 50_000 * bronze.Random.Next(1, 4));
        arm = bronze.OneOf("treatment", "holdout");

        // Many in one hour, so that there is something to flag.
        now = From.AddSeconds(bronze.Chance(0.5) ? bronze.Random.Next(3_600) : bronze.Random.Next(40 * 86_400));
    }

    public void Tell()
    {
        if (bronze.Chance(0.05))
        {
            Charge("charge.blocked", 0, true, "fraud_suspected", ("decision_strategy", "fraud_check"));
            return;
        }

        if (Attempted())
        {
            TellAfterwards();
        }
    }

    private bool Attempted()
    {
        for (var attempt = 1; attempt <= 4; attempt++)
        {
            if (bronze.Chance(attempt == 1 ? 0.5 : 0.4))
            {
                Charge("charge.succeeded", bronze.Chance(0.05) ? null : attempt, true, bronze.Chance(0.05) ? "odd" : null, Decision(attempt));
                return true;
            }

            Charge("charge.failed", attempt, false, bronze.OneOf("insufficient_funds", "do_not_honor", "expired_card", null), Decision(attempt));
            now += TimeSpan.FromSeconds(bronze.Random.Next(-60, 3 * 86_400));
            if (bronze.Chance(0.2))
            {
                return EndedEarly(attempt);
            }
        }

        Charge("charge.failed", 4, true, "recovery_exhausted");
        return false;
    }

    /// <summary>Still open, cancelled, joined to another payment, or paid by other means.</summary>
    private bool EndedEarly(int attempt)
    {
        if (bronze.Chance(0.7))
        {
            Charge("charge.failed", attempt, true, bronze.OneOf("cancelled", "merged", "do_not_honor"));
        }

        var isPaidElsewhere = bronze.Chance(0.3);
        if (isPaidElsewhere)
        {
            Charge("charge.succeeded", attempt, true, null, ("payment_method", "external"));
        }

        return isPaidElsewhere;
    }

    private void TellAfterwards()
    {
        now = now.AddHours(1);
        if (bronze.Chance(0.3))
        {
            Money("payment_refunds", "refund.created", ("refund_id", $"re_{paymentId}"), ("status", "pending"));
            Money("payment_refunds", "refund.succeeded", ("refund_id", $"re_{paymentId}"), ("status", bronze.OneOf("succeeded", "failed")));
        }

        if (bronze.Chance(0.2))
        {
            Money("payment_disputes", "dispute.created", ("dispute_id", $"dp_{paymentId}"), ("status", "needs_response"));
            Money("payment_disputes", "dispute.closed", ("dispute_id", $"dp_{paymentId}"), ("status", bronze.OneOf("won", "lost")));
        }
    }

    private (string, object?)[] Decision(int attempt) => attempt == 1
        ? []
        : [("decision_strategy", arm == "treatment" ? "learned" : "baseline"), ("decision_strategy_version", "1"), ("decision_arm", arm), ("decision_method", "same_card")];

    private void Charge(string type, int? attempt, bool isFinal, string? failureCode, params (string, object?)[] more) => Write(
        "payment_charges", type, [("card_network", bronze.OneOf("visa", "mastercard", null)), ("attempt", attempt), ("is_final", isFinal), ("failure_code", failureCode), .. more]);

    private void Money(string table, string type, params (string, object?)[] more)
    {
        now = now.AddHours(1);
        Write(table, type, [("charge_id", $"ch_{paymentId}"), .. more]);
    }

    private void Write(string table, string type, (string, object?)[] more) => bronze.Write(table,
    [
        ("event_id", string.Create(CultureInfo.InvariantCulture, $"{paymentId}:{++events}")), ("event_type", type), ("schema_version", 1), ("created_at", now),
        ("payment_id", paymentId), ("customer_id", customerId), ("merchant_id", merchantId), ("provider", provider), ("amount_minor", amountMinor), ("currency", currency), .. more,
    ]);
}
