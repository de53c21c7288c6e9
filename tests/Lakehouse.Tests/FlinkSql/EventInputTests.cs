using System.Text;
using Recoup.Lakehouse.FlinkSql.Running;

namespace Recoup.Lakehouse.Tests.FlinkSql;

/// <summary>The fate of every record of the input corpus, topic by topic.</summary>
[TestClass]
public sealed class EventInputTests
{
    private static readonly EventShape Refund = Common("refunds.sql", "payment_refunds", "refund.succeeded", "refund_id", "payment_id", "charge_id?", "customer_id", "merchant_id", "provider?")
        .Add("status", "\"succeeded\"").Add("reason", "\"requested_by_customer\"").Add("failure_reason", "null");

    private static readonly EventShape Dispute = Common("disputes.sql", "payment_disputes", "dispute.created", "dispute_id", "payment_id", "charge_id?", "customer_id", "merchant_id", "provider?")
        .Add("status", "\"needs_response\"").Add("reason", "\"fraudulent\"").Add("network_reason_code", "\"10.4\"").Add("evidence_due_at", "\"2026-12-01T00:00:00Z\"");

    private static readonly EventShape Subscription = Common("subscriptions.sql", "payment_subscriptions", "subscription.created", "subscription_id", "customer_id", "merchant_id", "provider?", "plan_id?")
        .Add("interval", "\"month\"").Add("interval_count", "1").Add("status", "\"active\"").Add("cancel_at_period_end", "false")
        .Add("current_period_start_at", "\"2026-11-01T00:00:00Z\"").Add("current_period_end_at", "\"2026-12-01T00:00:00Z\"");

    [TestMethod]
    public void Refunds_EveryInput_MeetsItsFate()
    {
        Refund.RequiredTexts.Add("status");
        Refund.OptionalTexts.AddRange(["reason", "failure_reason"]);
        AssertFates(Refund, InputCorpus.For(Refund));
    }

    [TestMethod]
    public void Disputes_EveryInput_MeetsItsFate()
    {
        Dispute.OptionalTexts.AddRange(["reason", "network_reason_code"]);
        Dispute.OptionalTimes.Add("evidence_due_at");
        AssertFates(Dispute, InputCorpus.For(Dispute).Concat(
        [
            InputCase.Of("status left out", Dispute.With("status"), "missing_status"),
            InputCase.Of("status unknown", Dispute.With("status", "\"open\""), "invalid_status"),
            InputCase.Of("status in capitals", Dispute.With("status", "\"WON\""), "invalid_status"),
            InputCase.Of("status object", Dispute.With("status", "{}"), "invalid_status"),
            InputCase.Of("status lost", Dispute.With("status", "\" lost \""), null),
        ]));
    }

    [TestMethod]
    public void Subscriptions_EveryInput_MeetsItsFate()
    {
        Subscription.RequiredTexts.Add("status");
        Subscription.OptionalTexts.Add("interval");
        Subscription.OptionalTimes.AddRange(["current_period_start_at", "current_period_end_at"]);
        AssertFates(Subscription, InputCorpus.For(Subscription).Concat(
        [
            InputCase.Of("interval_count text", Subscription.With("interval_count", "\"12\""), null),
            InputCase.Of("interval_count fraction", Subscription.With("interval_count", "1.5"), "invalid_interval_count"),
            InputCase.Of("cancel yes", Subscription.With("cancel_at_period_end", "\"yes\""), "invalid_cancel_at_period_end"),
            InputCase.Of("cancel 1", Subscription.With("cancel_at_period_end", "1"), "invalid_cancel_at_period_end"),
            InputCase.Of("cancel true", Subscription.With("cancel_at_period_end", "\"true\""), null),
        ]));
    }

    private static EventShape Common(string script, string table, string type, params string[] texts)
    {
        var shape = new EventShape(script, table) { AllowsZero = table == "payment_subscriptions" };
        shape.Add("event_id", "\"evt_1\"").Add("event_type", $"\"{type}\"").Add("schema_version", "1").Add("created_at", "\"2026-11-23T09:30:00.123Z\"");
        shape.RequiredTexts.Add("event_id");
        foreach (var text in texts)
        {
            var name = text.TrimEnd('?');
            shape.Add(name, $"\"{name}_1\"");
            (text.EndsWith('?') ? shape.OptionalTexts : shape.RequiredTexts).Add(name);
        }

        return shape.Add("amount_minor", "4999").Add("currency", "\"USD\"");
    }

    private static void AssertFates(EventShape shape, IEnumerable<InputCase> inputs)
    {
        var cases = inputs.ToList();
        var records = cases.Select((input, index) => new SourceRecord(0, index, DateTimeOffset.UnixEpoch, null, input.Value)).ToList();
        using var run = ScriptRun.Of(shape.Script, records);
        var bronze = run.Rows(shape.Table).Select(row => (long)row["kafka_offset"]!).ToHashSet();
        var quarantine = run.Rows($"quarantine_{shape.Table}").ToDictionary(row => (long)row["kafka_offset"]!);
        var wrong = new List<string>();
        for (var index = 0; index < cases.Count; index++)
        {
            var reasons = quarantine.GetValueOrDefault(index)?["rejection_reason"] as string;
            if (bronze.Contains(index) == quarantine.ContainsKey(index) || reasons != cases[index].Reasons)
            {
                wrong.Add($"{cases[index].Label}: {cases[index].Reasons ?? "bronze"} expected, {reasons ?? "bronze"} found");
            }

            if (reasons?.Contains("card_number", StringComparison.Ordinal) == true)
            {
                Assert.Contains("[card number removed]", Encoding.UTF8.GetString((byte[])quarantine[index]["raw_record"]!), cases[index].Label);
            }
        }

        Assert.HasCount(cases.Count, [.. bronze, .. quarantine.Keys]);
        Assert.IsEmpty(wrong, string.Join('\n', wrong));
    }
}
