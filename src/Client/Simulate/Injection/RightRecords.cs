using System.Text.Json.Nodes;

namespace Recoup.Client.Simulate.Injection;

/// <summary>Records that the validation would take, for one thing after the other to be made wrong in them.</summary>
internal static class RightRecords
{
    public static JsonObject Charge(string key) => Event(key, "charge.failed", new JsonObject
    {
        ["payment_id"] = key,
        ["amount_minor"] = 4999,
        ["currency"] = "USD",
        ["card_id"] = "card_injected",
        ["card_network"] = "visa",
        ["card_country"] = "US",
        ["payment_method"] = "card",
        ["attempt"] = 1,
        ["is_final"] = false,
        ["failure_code"] = "insufficient_funds",
        ["fraud_score"] = 0.012,
    });

    public static JsonObject Refund(string key) => Event(key, "refund.succeeded", new JsonObject
    {
        ["refund_id"] = $"ref_{key}",
        ["payment_id"] = key,
        ["amount_minor"] = 1000,
        ["currency"] = "EUR",
        ["status"] = "succeeded",
    });

    public static JsonObject Dispute(string key) => Event(key, "dispute.created", new JsonObject
    {
        ["dispute_id"] = $"dsp_{key}",
        ["payment_id"] = key,
        ["amount_minor"] = 4999,
        ["currency"] = "GBP",
        ["status"] = "needs_response",
    });

    public static JsonObject Subscription(string key) => Event(key, "subscription.updated", new JsonObject
    {
        ["subscription_id"] = key,
        ["plan_id"] = "plan_basic",
        ["amount_minor"] = 900,
        ["currency"] = "USD",
        ["interval"] = "month",
        ["interval_count"] = 1,
        ["status"] = "active",
    });

    public static JsonObject Stripe(string key) => new()
    {
        ["id"] = key,
        ["type"] = "charge.failed",
        ["created"] = 1_795_426_200,
        ["data"] = new JsonObject { ["object"] = new JsonObject { ["id"] = $"ch_{key}", ["object"] = "charge", ["amount"] = 4999, ["currency"] = "usd", ["status"] = "failed" } },
    };

    public static JsonObject Square(string key) => new()
    {
        ["event_id"] = key,
        ["type"] = "payment.updated",
        ["created_at"] = "2026-11-23T09:30:00Z",
        ["data"] = new JsonObject { ["id"] = $"sq_{key}", ["object"] = new JsonObject { ["payment"] = new JsonObject { ["id"] = $"sq_{key}", ["status"] = "FAILED" } } },
    };

    private static JsonObject Event(string key, string type, JsonObject fields)
    {
        var record = new JsonObject
        {
            ["event_id"] = $"{key}:1",
            ["event_type"] = type,
            ["schema_version"] = 1,
            ["created_at"] = "2026-11-23T09:30:00.123Z",
            ["customer_id"] = "cus_injected",
            ["merchant_id"] = "mer_injected",
            ["provider"] = "recoup",
        };
        foreach (var (name, value) in fields)
        {
            record[name] = value?.DeepClone();
        }

        return record;
    }
}
