using Recoup.Strategy;

namespace Recoup.Grains.Tests.Strategy;

/// <summary>Every code of the rule packs leads to what its class allows, and the order of authority is kept.</summary>
[TestClass]
public sealed class DeclineRuleTests
{
    [TestMethod]
    [DataRow("04 07 12 14 15 41 43 46 57 R0 R1 R3", DeclineClass.Never)]
    [DataRow("03 19 39 51 52 53 59 61 62 65 75 78 83 86 91 93 96 5C 9G N3 N4 Z5", DeclineClass.Later)]
    [DataRow("54 82 6P N7", DeclineClass.FixData)]
    [DataRow("55", DeclineClass.CustomerPresent)]
    [DataRow("01 05 13 58 63 70 1A 77 XY", DeclineClass.Generic)]
    public void Read_VisaCodes_HaveTheirCategory(string codes, DeclineClass expected)
    {
        foreach (var code in codes.Split(' '))
        {
            Assert.AreEqual(expected, Read(Contexts.Declined("card_declined", "visa", code)).Class, code);
        }
    }

    [TestMethod]
    [DataRow("2026-07-24", DeclineClass.Generic)]
    [DataRow("2026-07-25", DeclineClass.Later)]
    public void Read_Visa83_IsCategory2FromItsDay(string day, DeclineClass expected)
    {
        var at = new DateTimeOffset(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), TimeOnly.MinValue, TimeSpan.Zero);

        Assert.AreEqual(expected, Read(Contexts.Declined("card_declined", "visa", "83") with { Now = at }).Class);
    }

    [TestMethod]
    [DataRow("70", "DE", DeclineClass.CustomerPresent)]
    [DataRow("1A", "ZA", DeclineClass.CustomerPresent)]
    [DataRow("1A", "US", DeclineClass.Generic)]
    [DataRow("70", null, DeclineClass.Generic)]
    public void Read_Visa70And1A_AreCategory3InEuropeAndCemea(string code, string? country, DeclineClass expected) =>
        Assert.AreEqual(expected, Read(Contexts.Declined("card_declined", "visa", code) with { CardCountry = country }).Class);

    [TestMethod]
    [DataRow("01", DeclineClass.FixData)]
    [DataRow("02", DeclineClass.Later)]
    [DataRow("03", DeclineClass.Never)]
    [DataRow("3", DeclineClass.Never)]
    [DataRow("04", DeclineClass.FixData)]
    [DataRow("21", DeclineClass.Never)]
    [DataRow("24", DeclineClass.Later)]
    [DataRow("40", DeclineClass.Never)]
    [DataRow("41", DeclineClass.Never)]
    public void Read_MastercardAdvice_OutranksTheResponseCode(string advice, DeclineClass expected) =>
        Assert.AreEqual(expected, Read(Contexts.Declined("card_declined", "mastercard", "41", advice)).Class);

    [TestMethod]
    [DataRow("24", 1)]
    [DataRow("25", 24)]
    [DataRow("26", 48)]
    [DataRow("27", 96)]
    [DataRow("28", 144)]
    [DataRow("29", 192)]
    [DataRow("30", 240)]
    public void Decide_StatedWait_IsTheEarliestTime(string advice, int hours)
    {
        var decision = Contexts.Declined("processing_error", "mastercard", "96", advice).Decide();

        Assert.AreEqual(RecoveryMethod.SameCard, decision.Method);
        Assert.AreEqual(Math.Max(12, hours), decision.DelayHours);
        Assert.AreEqual("2024-04-01", decision.RulePack);
    }

    [TestMethod]
    [DataRow("lost_card stolen_card pickup_card fraudulent do_not_try_again stop_payment_order revocation_of_authorization revocation_of_all_authorizations invalid_account merchant_blacklist restricted_card transaction_not_allowed", DeclineClass.Never)]
    [DataRow("expired_card incorrect_cvc invalid_cvc incorrect_number invalid_number invalid_expiry_month invalid_expiry_year incorrect_address incorrect_zip new_account_information_available", DeclineClass.FixData)]
    [DataRow("authentication_required authentication_not_handled mobile_device_authentication_required offline_pin_required", DeclineClass.CustomerPresent)]
    [DataRow("insufficient_funds card_velocity_exceeded withdrawal_count_limit_exceeded issuer_not_available processing_error reenter_transaction try_again_later approve_with_id service_not_allowed duplicate_transaction", DeclineClass.Later)]
    [DataRow("do_not_honor generic_decline call_issuer", DeclineClass.Generic)]
    public void Read_StripeCodes_HaveTheirClass(string codes, DeclineClass expected)
    {
        foreach (var code in codes.Split(' '))
        {
            Assert.AreEqual(expected, Read(Contexts.Declined("card_declined", "amex", declineCode: code)).Class, code);
            Assert.AreEqual(expected, Read(Contexts.Declined(code, network: null)).Class, code);
        }
    }

    [TestMethod]
    [DataRow("51", "lost_card", "lost_card", DeclineClass.Later, DisplayName = "the response code outranks the decline code")]
    [DataRow("62", "restricted_card", "card_declined", DeclineClass.Later, DisplayName = "restricted_card: see network code")]
    [DataRow("57", "transaction_not_allowed", "card_declined", DeclineClass.Never, DisplayName = "transaction_not_allowed: see network code")]
    [DataRow("41", "insufficient_funds", "insufficient_funds", DeclineClass.Never, DisplayName = "a response that forbids is not softened")]
    [DataRow("05", "stolen_card", "card_declined", DeclineClass.Never, DisplayName = "a generic response leaves it to the decline code")]
    [DataRow(null, "insufficient_funds", "lost_card", DeclineClass.Later, DisplayName = "the decline code outranks the failure code")]
    [DataRow(null, null, "lost_card", DeclineClass.Never, DisplayName = "the failure code is the last to be asked")]
    public void Read_SeveralCodes_AreAskedInOrder(string? network, string? decline, string failure, DeclineClass expected) =>
        Assert.AreEqual(expected, Read(Contexts.Declined(failure, "visa", network, declineCode: decline)).Class);

    [TestMethod]
    [DataRow("do_not_try_again", "51", DeclineClass.Never)]
    [DataRow("confirm_card_data", "05", DeclineClass.FixData)]
    [DataRow("try_again_later", "41", DeclineClass.Never)]
    public void Read_ProvidersAdvice_MayForbidButNotAllow(string advice, string response, DeclineClass expected) =>
        Assert.AreEqual(expected, Read(Contexts.Declined("card_declined", "visa", response, advice)).Class);

    [TestMethod]
    [DataRow("insufficient_funds", null, RecoveryMethod.SameCard)]
    [DataRow("expired_card", null, RecoveryMethod.RequestCardUpdate)]
    [DataRow(null, "51", RecoveryMethod.SameCard)]
    [DataRow(null, "54", RecoveryMethod.RequestCardUpdate)]
    [DataRow(null, "N7", RecoveryMethod.RetryWithCorrectCvc)]
    [DataRow("do_not_honor", "05", RecoveryMethod.ContactCustomer)]
    public void Decide_CardDeclinedFamily_LooksForTheReasonBehind(string? decline, string? response, RecoveryMethod expected) =>
        Assert.AreEqual(expected, Contexts.Declined("card_declined", "visa", response, declineCode: decline).Decide().Method);

    private static RuleVerdict Read(Recoup.Strategy.RetryContext context) =>
        DeclineRules.Read(context.LastDecline, context.CardNetwork, context.CardCountry, context.Now, Contexts.Packs);
}
