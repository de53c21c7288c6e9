using CsCheck;
using Recoup.Strategy;
using RetryContext = Recoup.Strategy.RetryContext;

namespace Recoup.Grains.Tests.Strategy;

/// <summary>What holds for every decision, whatever the codes and the state of the recovery. The rules are written down here once more, apart from the packs.</summary>
[TestClass]
public sealed class DecisionPropertyTests
{
    private const string VisaNever = "04 07 12 14 15 41 43 46 57 R0 R1 R3";
    private const string VisaFixData = "54 55 82 6P N7";
    private static readonly int[] PlanDays = [1, 2, 3, 5, 7, 9, 11, 14];
    private static readonly Dictionary<string, int> WaitHours = new()
    {
        ["24"] = 1,
        ["25"] = 24,
        ["26"] = 48,
        ["27"] = 96,
        ["28"] = 144,
        ["29"] = 192,
        ["30"] = 240,
    };

    private static readonly Gen<string?> Failures = Any<string?>(
        "card_declined", "insufficient_funds", "expired_card", "incorrect_cvc", "processing_error", "lost_card", "authentication_required", "new_code");

    private static readonly Gen<string?> Responses = Any<string?>(
        [null, .. $"{VisaNever} {VisaFixData} 51 05 61 65 83 91 96 1A 70 79 33 XX".Split(' ')]);

    private static readonly Gen<string?> Advices = Any<string?>(
        null, null, "01", "02", "03", "04", "21", "24", "25", "26", "27", "28", "29", "30", "40", "41", "do_not_try_again", "try_again_later");

    private static readonly Gen<RetryContext> Cases =
        from failure in Failures
        from response in Responses
        from advice in Advices
        from network in Any<string?>("visa", "mastercard", "amex", null)
        from retries in Gen.Int[0, 9]
        from hours in Gen.Int[0, 15 * 24]
        from hold in Gen.OneOf(Gen.Const((int?)null), Gen.Int[0, 20 * 24].Select(hour => (int?)hour))
        from backups in Any<string[]>([], ["card_2"], ["card_2", "card_3"])
        from dead in Any<string[]>([], [], ["card_1"], ["card_2"], ["card_1", "card_2"])
        from zone in Any<string?>(null, "America/New_York", "Asia/Tokyo", "Europe/Berlin", "Asia/Kolkata")
        from flags in Gen.Int[0, 15]
        from rate in Any<double?>(null, 0.5, 0.95)
        let first = Contexts.Now.AddHours(flags * 1.7)
        let now = first.AddHours(retries == 0 ? hours % 3 : hours)
        let context = Contexts.Declined(failure!, network, response, advice)
        select context with
        {
            FirstDeclineAt = first,
            Now = now,
            LastDecline = context.LastDecline with { At = now },
            Retries = retries,
            CardNotBefore = hold is { } wait ? now.AddHours(wait) : null,
            BackupCards = backups,
            DeadCards = dead,
            CustomerAnswered = flags == 3,
            AgreementStopped = flags == 5,
            Customer = new CustomerFacts { TimeZone = zone, SuccessRate = rate, LifetimeValueMinor = flags * 200_000 },
        };

    [TestMethod]
    public void Decide_AnyCase_BreaksNoRule() => Cases.Sample(context =>
    {
        var decision = context.Decide();
        var (decline, charges) = (context.LastDecline, decision.Method is RecoveryMethod.SameCard or RecoveryMethod.AlternativeCard);
        Assert.IsFalse(charges && context.DeadCards.Contains(decision.CardId!), "a dead card is charged");
        Assert.IsFalse(charges && (context.Retries >= 8 || decision.AttemptAt > context.FirstDeclineAt.AddDays(14)), "8 retries in 14 days");
        Assert.IsFalse(charges && decline.AdviceCode == "21", "the customer cancelled the payment");
        Assert.IsFalse(charges && !context.CustomerAnswered && (context.AgreementStopped || Stops(context)), "the agreement was stopped");
        if (decision.Method == RecoveryMethod.SameCard)
        {
            Assert.IsTrue(context.CustomerAnswered || !NeedsMore(context), "the same card is charged against a rule");
            Assert.IsTrue(decision.AttemptAt >= decline.At.AddHours(WaitHours.GetValueOrDefault(decline.AdviceCode ?? "")), "the stated wait");
            Assert.IsTrue(context.CardNotBefore is null || decision.AttemptAt >= context.CardNotBefore, "the card's budget");
        }
    }, iter: 20_000);

    [TestMethod]
    public void Decide_AnyCase_IsNotLaterThanTheStaticPlanButForARule() => Cases.Sample(context =>
    {
        var decision = context.Decide();
        if (decision.Method is not (RecoveryMethod.SameCard or RecoveryMethod.AlternativeCard) || context.CustomerAnswered)
        {
            return;
        }

        var rule = decision.Method == RecoveryMethod.AlternativeCard ? context.Now : Later(
            context.LastDecline.At.AddHours(WaitHours.GetValueOrDefault(context.LastDecline.AdviceCode ?? "")), context.CardNotBefore ?? context.Now);
        var latest = Later(rule, StaticSlot(context, decision.Method));
        Assert.IsTrue(decision.AttemptAt <= latest || IsLaterOnTheSameDay(decision.AttemptAt, latest, context.Customer.TimeZone), $"{decision.AttemptAt:u} > {latest:u}");
        Assert.IsTrue(decision.AttemptAt > context.Now.AddMinutes(-1));
    }, iter: 20_000);

    [TestMethod]
    public void Decide_AnyCase_ExplainsEveryMethodOnce() => Cases.Sample(context =>
    {
        var decision = context.Decide();
        CollectionAssert.AreEquivalent(
            Enum.GetValues<RecoveryMethod>(), decision.Rejected.Select(other => other.Method).Append(decision.Method).ToArray());
        Assert.IsTrue(decision.Rejected.All(other => other.Reason.Length > 0) && decision.Reason.Length > 0);
        Assert.AreEqual(decision.AwaitsCustomer, decision.WaitUntil is not null);
        Assert.AreEqual((decision.AttemptAt - decision.At).TotalHours, decision.DelayHours);
        Assert.IsTrue(decision.Probability is >= 0 and <= 1);
    }, iter: 5_000);

    [TestMethod]
    public void Decide_UnderAnotherArm_IsTheSame() => Cases.Sample(context =>
    {
        var (treatment, holdout) = (context.Decide(), (context with { Arm = "holdout" }).Decide());
        Assert.AreEqual((treatment.Method, treatment.AttemptAt, treatment.Reason), (holdout.Method, holdout.AttemptAt, holdout.Reason));
    }, iter: 2_000);

    private static Gen<T> Any<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static bool Stops(RetryContext context) =>
        context.CardNetwork != "mastercard" && context.LastDecline.NetworkCode is "R0" or "R1" or "R3";

    /// <summary>The decline forbids the card, or asks for new data or the customer.</summary>
    private static bool NeedsMore(RetryContext context)
    {
        var decline = context.LastDecline;
        if (decline.AdviceCode is "01" or "03" or "04" or "21" or "40" or "41" or "do_not_try_again")
        {
            return true;
        }

        var isSaidByAdvice = decline.AdviceCode is "02" || WaitHours.ContainsKey(decline.AdviceCode ?? "");
        var isSaidByVisa = context.CardNetwork == "visa" && decline.NetworkCode is not (null or "05" or "1A" or "70" or "79" or "33" or "XX");
        return !isSaidByAdvice && ((context.CardNetwork == "visa" && $"{VisaNever} {VisaFixData}".Split(' ').Contains(decline.NetworkCode))
            || (!isSaidByVisa && decline.NetworkCode is null or "05" or "XX"
                && decline.FailureCode is "lost_card" or "authentication_required" or "expired_card" or "incorrect_cvc"));
    }

    private static DateTimeOffset StaticSlot(RetryContext context, RecoveryMethod method)
    {
        var table = method == RecoveryMethod.AlternativeCard ? 1 : context.LastDecline.FailureCode switch
        {
            "insufficient_funds" => context.Customer.LifetimeValueMinor > 1_000_000 ? 6 : 24,
            "card_declined" => 24,
            _ => 12,
        };
        return context.Retries == 0 && context.FirstDeclineAt.AddHours(table) > context.Now
            ? context.FirstDeclineAt.AddHours(table)
            : PlanDays.Skip(context.Retries - 1).Select(day => context.FirstDeclineAt.AddDays(day)).First(day => day > context.Now);
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static bool IsLaterOnTheSameDay(DateTimeOffset at, DateTimeOffset latest, string? zone) => zone is not null
        && TimeZoneInfo.ConvertTimeBySystemTimeZoneId(at, zone).Date == TimeZoneInfo.ConvertTimeBySystemTimeZoneId(latest, zone).Date
        && TimeZoneInfo.ConvertTimeBySystemTimeZoneId(latest, zone).Hour is < 8;
}
