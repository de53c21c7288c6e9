using System.Globalization;

namespace Recoup.Lakehouse.Tests.Dbt.Project;

/// <summary>Events of Stripe, of Square and of a subscription.</summary>
internal sealed class ProviderStory(BronzeWriter bronze, int number)
{
    private static readonly DateTimeOffset From = new(2026, 10, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly string currency = bronze.OneOf("USD", "CAD", "GBP", "EUR", "JPY");
    private readonly long amountMinor = bronze.Random.Next(1, 100_000);
    private readonly string id = number.ToString(CultureInfo.InvariantCulture);
    private DateTimeOffset now = From.AddSeconds(bronze.Random.Next(40 * 86_400));
    private int events;

    public void TellStripe()
    {
        Stripe("payment_intent.created", $"pi_{id}", "requires_payment_method", "{}");
        if (bronze.Chance(0.6))
        {
            Stripe("charge.failed", $"ch_{id}_1", "failed", """{"captured": false}""");
        }

        if (bronze.Chance(0.6))
        {
            Stripe("charge.succeeded", $"ch_{id}_2", "succeeded", """{"captured": false, "payment_method_details": {"card": {"brand": "Visa"}}}""");
            Stripe("charge.captured", $"ch_{id}_2", "succeeded", $$"""{"captured": true, "amount_captured": {{amountMinor - 1}}}""");
        }

        Stripe("payment_intent.succeeded", $"pi_{id}", "succeeded", $$"""{"amount_received": {{amountMinor}}}""");
    }

    public void TellSquare()
    {
        Square("payment.created", $"sq_{id}", "APPROVED");
        Square("payment.updated", $"sq_{id}", bronze.OneOf("COMPLETED", "FAILED", "CANCELED"));
        if (bronze.Chance(0.3))
        {
            Square("invoice.scheduled_charge_failed", $"inv_{id}", "UNPAID");
        }
    }

    public void TellSubscription()
    {
        foreach (var status in (string[])["active", "past_due", "canceled"])
        {
            now = now.AddDays(1);
            bronze.Write(
                "payment_subscriptions", ("event_id", $"sub_{id}:{++events}"), ("event_type", "subscription.updated"), ("created_at", now), ("subscription_id", $"sub_{id}"),
                ("customer_id", $"cus_sub_{id}"), ("merchant_id", "mer_1"), ("amount_minor", amountMinor), ("currency", currency), ("interval", "month"), ("status", status));
        }
    }

    private void Stripe(string type, string objectId, string status, string value) =>
        Write("stripe_payments", type, objectId, $"pi_{id}", status, $$"""{"account": "acct_1", "data": {"object": {{value}} } }""");

    private void Square(string type, string objectId, string status) => Write("square_payments", type, objectId, objectId, status, """{"merchant_id": "m_1"}""");

    private void Write(string table, string type, string objectId, string paymentRef, string status, string raw)
    {
        now = now.AddMinutes(bronze.Random.Next(60));
        bronze.Write(
            table, ("event_id", $"{table}_{id}:{++events}"), ("event_type", type), ("created_at", now), ("object_id", objectId), ("payment_ref", paymentRef),
            ("customer_ref", bronze.OneOf($"cus_{id}", null)), ("amount_minor", amountMinor), ("currency", currency), ("status", status), ("raw_event", raw));
    }
}
