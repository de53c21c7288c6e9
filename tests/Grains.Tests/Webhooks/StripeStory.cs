using System.Text.Json.Nodes;
using CsCheck;
using Recoup.Webhooks;

namespace Recoup.Grains.Tests.Webhooks;

/// <summary>One payment at Stripe and all events that Stripe sends of it, in the shapes of an older or a newer API version.</summary>
internal sealed record StripeStory(string Tag, bool IsNewApi, bool HasInvoice, int Declines, bool Succeeds, int Refunds, bool IsDisputed)
{
    public static Gen<StripeStory> Gen { get; } = CsCheck.Gen.Select(CsCheck.Gen.Bool, CsCheck.Gen.Bool, CsCheck.Gen.Int[0, 3], CsCheck.Gen.Bool, CsCheck.Gen.Int[0, 2], CsCheck.Gen.Bool)
        .Where(story => story.Item3 > 0 || story.Item4)
        .Select(story => new StripeStory("", story.Item1, story.Item2, story.Item3, story.Item4, story.Item4 ? story.Item5 : 0, story.Item4 && story.Item6));

    private string Intent => $"pi_{Tag}";

    private string Invoice => $"in_{Tag}";

    public IEnumerable<string> Aliases
    {
        get
        {
            yield return WebhookKeys.StripeAlias(Intent);
            for (var i = 0; i < Charges; i++)
            {
                yield return WebhookKeys.StripeAlias($"ch_{Tag}_{i}");
            }

            if (HasInvoice)
            {
                yield return WebhookKeys.StripeAlias(Invoice);
            }
        }
    }

    private int Charges => Declines + (Succeeds ? 1 : 0);

    public IReadOnlyList<WebhookEvent> Events()
    {
        var events = new List<WebhookEvent>();
        for (var i = 0; i < Charges; i++)
        {
            var succeeded = i == Declines;
            Add(succeeded ? "charge.succeeded" : "charge.failed", i, Charge(i, succeeded));
            Add(succeeded ? "payment_intent.succeeded" : "payment_intent.payment_failed", i, IntentOf(i, succeeded));
            if (HasInvoice)
            {
                Add(succeeded ? "invoice.paid" : "invoice.payment_failed", i, InvoiceOf(i, succeeded));
            }
        }

        if (HasInvoice && Succeeds && IsNewApi)
        {
            Add("invoice_payment.paid", 0, new JsonObject { ["id"] = $"inpay_{Tag}", ["invoice"] = Invoice, ["payment"] = new JsonObject { ["type"] = "payment_intent", ["payment_intent"] = Intent } });
        }

        for (var i = 0; i < Refunds; i++)
        {
            Add("refund.created", i, new JsonObject { ["id"] = $"re_{Tag}_{i}", ["object"] = "refund", ["amount"] = 500, ["currency"] = "usd", ["charge"] = $"ch_{Tag}_{Declines}", ["status"] = "succeeded" });
        }

        if (IsDisputed)
        {
            foreach (var (type, status, at) in new[] { ("created", "needs_response", 10), ("updated", "under_review", 11), ("closed", "won", 12) })
            {
                Add($"charge.dispute.{type}", at, new JsonObject { ["id"] = $"dp_{Tag}", ["amount"] = 2000, ["currency"] = "usd", ["charge"] = $"ch_{Tag}_{Declines}", ["status"] = status });
            }
        }

        return events;

        void Add(string type, int order, JsonObject body) => events.Add(WebhookCluster.Event(ProviderEvents.Stripe, new JsonObject
        {
            ["id"] = $"evt_{Tag}_{events.Count}",
            ["object"] = "event",
            ["api_version"] = IsNewApi ? "2025-09-30.clover" : "2020-08-27",
            ["created"] = 1_700_000_000 + (order * 3600),
            ["type"] = type,
            ["data"] = new JsonObject { ["object"] = body },
        }.ToJsonString(), DateTimeOffset.UnixEpoch.AddSeconds(events.Count)));
    }

    private JsonObject Charge(int i, bool succeeded)
    {
        var charge = new JsonObject
        {
            ["id"] = $"ch_{Tag}_{i}",
            ["object"] = "charge",
            ["amount"] = 2000,
            ["currency"] = "usd",
            ["customer"] = $"cus_{Tag}",
            ["payment_intent"] = Intent,
            ["captured"] = succeeded,
            ["status"] = succeeded ? "succeeded" : "failed",
            ["created"] = 1_700_000_000 + (i * 3600),
        };
        if (succeeded)
        {
            charge["amount_captured"] = 2000;
        }
        else
        {
            charge["failure_code"] = "card_declined";
            charge["outcome"] = new JsonObject { ["reason"] = "insufficient_funds", ["network_decline_code"] = "51" };
        }

        if (HasInvoice && !IsNewApi)
        {
            charge["invoice"] = Invoice;
        }

        return charge;
    }

    private JsonObject IntentOf(int i, bool succeeded)
    {
        var intent = new JsonObject { ["id"] = Intent, ["object"] = "payment_intent", ["amount"] = 2000, ["amount_received"] = succeeded ? 2000 : 0, ["currency"] = "usd", ["customer"] = $"cus_{Tag}" };
        if (!succeeded)
        {
            intent["last_payment_error"] = new JsonObject { ["charge"] = $"ch_{Tag}_{i}", ["code"] = "card_declined", ["decline_code"] = "insufficient_funds", ["network_decline_code"] = "51" };
        }

        if (IsNewApi)
        {
            intent["latest_charge"] = $"ch_{Tag}_{i}";
            if (HasInvoice)
            {
                intent["payment_details"] = new JsonObject { ["order_reference"] = Invoice };
            }
        }
        else
        {
            intent["charges"] = new JsonObject { ["object"] = "list", ["data"] = new JsonArray(Charge(i, succeeded)) };
            intent["invoice"] = HasInvoice ? Invoice : null;
        }

        return intent;
    }

    private JsonObject InvoiceOf(int i, bool succeeded)
    {
        var invoice = new JsonObject { ["id"] = Invoice, ["object"] = "invoice", ["amount_due"] = 2000, ["amount_paid"] = succeeded ? 2000 : 0, ["currency"] = "usd", ["customer"] = $"cus_{Tag}" };
        if (!IsNewApi)
        {
            invoice["charge"] = $"ch_{Tag}_{i}";
            invoice["payment_intent"] = Intent;
        }

        return invoice;
    }
}
