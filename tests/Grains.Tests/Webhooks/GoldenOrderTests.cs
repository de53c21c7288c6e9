using CsCheck;
using Recoup.Webhooks;

namespace Recoup.Grains.Tests.Webhooks;

/// <summary>Real events of one payment lead to the same end in every order.</summary>
[TestClass]
[TestCategory("Golden")]
public sealed class GoldenOrderTests
{
    private static int runs;

    [TestMethod]
    [DataRow("stripe", "pi", "charge.failed", "payment_intent.payment_failed", "invoice.payment_failed", "payment_intent.created", "invoice.payment_action_required", DisplayName = "one decline, told five times")]
    [DataRow("stripe", "pi", "charge.succeeded", "payment_intent.succeeded", "invoice.paid", "invoice.payment_succeeded", "invoice.finalized", DisplayName = "one success, told five times")]
    [DataRow("stripe", "pi", "charge.failed", "payment_intent.payment_failed", "charge.succeeded", "payment_intent.succeeded", "invoice.paid", DisplayName = "a decline and a success")]
    [DataRow("stripe", "ch", "charge.captured", "charge.refunded", "charge.refund.updated", DisplayName = "captured and refunded")]
    [DataRow("stripe", "ch", "charge.captured", "charge.dispute.created", DisplayName = "captured and disputed")]
    [DataRow("square", "order:03O3USaPaAaFnI6kkwB1JxGgBsUZY", "payment.created", "payment.updated", DisplayName = "approved and completed")]
    [DataRow("square", "order:CAISENgvlJ6jLWAzERDzjyHVybY", "invoice.created", "invoice.published", "invoice.scheduled_charge_failed", "invoice.payment_made", "invoice.refunded", DisplayName = "an invoice that is paid at last")]
    public async Task Receive_RealEventsInAnyOrder_EndTheSame(string provider, string alias, params string[] types)
    {
        var bodies = types.Select(type => RealPayloads.Body(provider, type)).ToArray();
        var name = provider == "stripe" ? $"stripe:{alias}_000000000000000000000000" : $"square:{alias}";
        await using var cluster = await WebhookCluster.StartAsync();
        var ends = new HashSet<string>(StringComparer.Ordinal);
        await Gen.Shuffle(Enumerable.Range(0, types.Length).ToArray()).SampleAsync(async order =>
        {
            var tag = $"x{Interlocked.Increment(ref runs)}";
            var events = order.Select(index => RealPayloads.Tagged(provider, bodies[index], tag)).ToArray();
            foreach (var received in events.Append(events[0]))
            {
                await cluster.DeliverAsync(received);
            }

            await cluster.SettleAsync(events);
            ends.Add((await EndAsync(cluster, events, name + tag)).Replace(tag, "", StringComparison.Ordinal));
        }, iter: 40, threads: 1);
        Assert.HasCount(1, ends, string.Join(Environment.NewLine, ends));
    }

    private static async Task<string> EndAsync(WebhookCluster cluster, IReadOnlyList<WebhookEvent> events, string alias)
    {
        var payment = await cluster.PaymentOfAsync(alias) ?? throw new AssertFailedException($"{alias} names no payment.");
        var state = payment.State;
        var attempts = state.Attempts.Select(attempt => $"{attempt.ChargeId} {attempt.Outcome} {attempt.FailureCode} {attempt.DeclineCode}").Order(StringComparer.Ordinal);
        var expected = events.SelectMany(received => WebhookCluster.Read(received).Facts).Select(fact => fact.SourceEvent).Order(StringComparer.Ordinal);
        CollectionAssert.AreEqual(expected.ToArray(), payment.Facts.Keys.Order(StringComparer.Ordinal).ToArray());
        return $"{state.Status} {state.Amount} [{string.Join("; ", attempts)}] refunds [{string.Join("; ", state.Refunds.Select(refund => $"{refund.RefundId} {refund.AmountMinor} {refund.Status}"))}] disputes [{string.Join("; ", state.Disputes.Select(dispute => $"{dispute.DisputeId} {dispute.Status}"))}]";
    }
}
