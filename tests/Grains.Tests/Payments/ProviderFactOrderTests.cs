using CsCheck;
using Recoup.Payments;
using static Recoup.Grains.Tests.Payments.PaymentSamples;

namespace Recoup.Grains.Tests.Payments;

/// <summary>Providers deliver late, twice and in any order: the end must not depend on it.</summary>
[TestClass]
public sealed class ProviderFactOrderTests
{
    private static readonly Gen<ProviderFact> Facts = Gen.OneOf(
        Gen.Select(Gen.Int[0, 3], Gen.Bool, Gen.Int[0, 50], Gen.Bool, (charge, succeeded, minute, hasId) => (ProviderFact)Charge(hasId ? $"ch_{charge}" : null, succeeded, minute)),
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 50], (refund, status, minute) => (ProviderFact)Refunded($"re_{refund}", status, minute)),
        Gen.Select(Gen.Int[0, 1], Gen.Int[0, 3], Gen.Int[0, 50], (dispute, status, minute) => (ProviderFact)Disputed($"dp_{dispute}", status, minute)),
        Gen.Int[0, 50].Select(minute => (ProviderFact)new CancelReported { SourceEvent = $"cancel{minute}", Provider = "stripe", OccurredAt = At(minute) }));

    [TestMethod]
    public void Apply_FactsInAnyOrderAndMoreThanOnce_SameEnd()
    {
        var gen = Gen.Select(Facts.List[1, 7], Gen.Int);
        gen.Sample((facts, seed) =>
        {
            var opening = Charge("ch_0", succeeded: false, minute: 1);
            var known = facts.DistinctBy(fact => fact.SourceEvent).Where(fact => fact.SourceEvent != opening.SourceEvent).ToArray();
            var random = new Random(seed);
            var shuffled = known.Concat(known.Take(2)).OrderBy(_ => random.Next()).ToArray();

            var one = End(known.Prepend(opening));
            var other = End(shuffled.Prepend(opening));

            Assert.AreEqual(Describe(one), Describe(other), $"{string.Join(", ", known.Select(fact => fact.SourceEvent))} against {string.Join(", ", shuffled.Select(fact => fact.SourceEvent))}");
        }, iter: 3000);
    }

    [TestMethod]
    public void Apply_TwoSuccessesThatTheProviderMade_AreTheMerchantsToJudge()
    {
        var state = End([Charge("ch_2", true, 9), Charge("ch_1", true, 3)]);

        Assert.AreEqual(PaymentStatus.Succeeded, state.Status);
        Assert.IsEmpty(state.Refunds, "a bill may be paid in two parts");
    }

    [TestMethod]
    public void Apply_ProvidersSuccessAfterOurs_IsGivenBack()
    {
        var ours = Charging().ResolveAttempt(1, Succeeded("ch_1"), Now);

        var told = ours.Apply(PaymentId, Charge("ch_2", true, 5), Now);

        Assert.AreEqual("ch_2", told.Refunds.Single().ChargeId);
        Assert.AreEqual(PaymentStatus.Succeeded, told.Status);
    }

    [TestMethod]
    public void Apply_DeclineHeardAfterTheSuccess_IsRecoveredAllTheSame()
    {
        var inOrder = End([Charge("ch_1", false, 1), Charge("ch_2", true, 2)]);
        var late = End([Charge("ch_2", true, 2), Charge("ch_1", false, 1)]);

        Assert.AreEqual((PaymentStatus.Recovered, PaymentStatus.Recovered), (inOrder.Status, late.Status));
    }

    [TestMethod]
    public void Apply_EchoOfOurOwnAttempt_IsThatAttempt()
    {
        var ours = Charging();
        var echo = Charge("ch_1", true, 1) with { IdempotencyKey = PaymentIds.ChargeKey(PaymentId, 1) };

        var told = ours.Apply(PaymentId, echo, Now).ResolveAttempt(1, Succeeded("ch_1"), Now);

        Assert.HasCount(1, told.Attempts);
        Assert.IsEmpty(told.Refunds);
        Assert.AreEqual(PaymentStatus.Succeeded, told.Status);
    }

    private static PaymentState End(IEnumerable<ProviderFact> facts) =>
        facts.Aggregate(new PaymentState(), (state, fact) => state.Apply(PaymentId, fact, Now));

    private static string Describe(PaymentState state) => string.Join(
        "; ",
        [
            $"{state.Status}, refunded {PaymentStatusRules.RefundedMinor(state)}",
            .. state.Attempts.Select(attempt => $"{attempt.ChargeId} {attempt.Outcome}").Order(),
            .. state.Refunds.Where(refund => !refund.IsCompensation).Select(refund => $"{refund.RefundId} {refund.Status}").Order(),
            .. state.Disputes.Select(dispute => $"{dispute.DisputeId} {dispute.Status}").Order(),
        ]);

    private static ChargeReported Charge(string? chargeId, bool succeeded, int minute) => new()
    {
        SourceEvent = $"charge:{chargeId}:{succeeded}:{minute}",
        Provider = "stripe",
        OccurredAt = At(minute),
        ChargeId = chargeId,
        Succeeded = succeeded,
        Payment = Command(),
        FailureCode = succeeded ? null : "card_declined",
    };

    private static RefundReported Refunded(string refundId, int status, int minute) => new()
    {
        SourceEvent = $"refund:{refundId}:{status}:{minute}",
        Provider = "stripe",
        OccurredAt = At(minute),
        RefundId = refundId,
        AmountMinor = 2500,
        Currency = "USD",
        Status = status switch { 0 => "pending", 1 => "succeeded", _ => "failed" },
    };

    private static DisputeReported Disputed(string disputeId, int status, int minute) => new()
    {
        SourceEvent = $"dispute:{disputeId}:{status}:{minute}",
        Provider = "stripe",
        OccurredAt = At(minute),
        DisputeId = disputeId,
        AmountMinor = 4999,
        Currency = "USD",
        Status = status switch { 0 => "needs_response", 1 => "under_review", 2 => "won", _ => "lost" },
    };

    private static DateTimeOffset At(int minute) => Now.AddMinutes(minute);
}
