using CsCheck;
using Recoup.Cards;
using Recoup.Grains.Tests.Strategy;
using Recoup.Payments;

namespace Recoup.Grains.Tests.Cards;

/// <summary>Budgets of the pure part: reserve, settle, ask again.</summary>
[TestClass]
public sealed class CardBudgetTests
{
    private static readonly DateTimeOffset Start = new(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);

    [TestMethod]
    public void Ask_VisaReattempts_AllowsTwentyAfterTheOriginal()
    {
        var card = new Card("visa");
        for (var attempt = 1; attempt <= 21; attempt++)
        {
            Assert.IsTrue(card.Try(attempt, Start.AddHours(attempt), succeeds: false), $"attempt {attempt}");
        }

        var denied = card.Ask(22, Start.AddHours(22));
        Assert.AreEqual((false, "visa.reattempts_30d", "2026-04-18"), (denied.Granted, denied.RuleId, denied.RulePack));
        // The oldest reattempt is the second attempt: it leaves the window 30 days later, and not before.
        Assert.AreEqual(Start.AddHours(2).AddDays(30), denied.EarliestAt);
        Assert.IsFalse(card.Ask(22, denied.EarliestAt!.Value.AddTicks(-1)).Granted);
        Assert.IsTrue(card.Ask(22, denied.EarliestAt.Value).Granted);
    }

    [TestMethod]
    public void Ask_VisaBefore2026_AllowsFifteen()
    {
        var (card, then) = (new Card("visa"), new DateTimeOffset(2025, 6, 1, 0, 0, 0, TimeSpan.Zero));
        for (var attempt = 1; attempt <= 16; attempt++)
        {
            Assert.IsTrue(card.Try(attempt, then.AddHours(attempt), succeeds: false));
        }

        Assert.AreEqual("2021-04-17", card.Ask(17, then.AddHours(17)).RulePack);
        Assert.IsFalse(card.Ask(17, then.AddHours(17)).Granted);
    }

    [TestMethod]
    public void Ask_VisaInitiators_AreCountedApart()
    {
        var card = new Card("visa");
        for (var attempt = 1; attempt <= 21; attempt++)
        {
            card.Try(attempt, Start.AddHours(attempt), succeeds: false);
        }

        Assert.IsFalse(card.Ask(22, Start.AddDays(2)).Granted);
        Assert.IsTrue(card.Ask(22, Start.AddDays(2), initiator: Initiator.Customer).Granted);
    }

    [TestMethod]
    public void Ask_AfterASuccess_IsNoReattempt()
    {
        var card = new Card("visa");
        for (var attempt = 1; attempt <= 20; attempt++)
        {
            card.Try(attempt, Start.AddHours(attempt), succeeds: false);
        }

        Assert.IsTrue(card.Try(21, Start.AddHours(21), succeeds: true));
        Assert.IsTrue(card.Ask(1, Start.AddHours(22), "pay_2").Granted, "a new payment of a card that works again");
        card.Try(1, Start.AddHours(22), succeeds: false, "pay_2");
        Assert.IsFalse(card.Ask(2, Start.AddHours(23), "pay_2").Granted, "twenty reattempts stand in the window");
    }

    [TestMethod]
    public void Ask_ReservationsWithoutResult_Count()
    {
        var card = new Card("mastercard");
        for (var payment = 1; payment <= 10; payment++)
        {
            card.State = card.State.Reserve(card.Reservation(1, Start.AddMinutes(payment), $"pay_{payment}"));
        }

        Assert.AreEqual("mastercard.consecutive_declines_24h", card.Ask(1, Start.AddMinutes(11), "pay_11").RuleId);
    }

    [TestMethod]
    public void Ask_MastercardTenDeclinesInADay_WaitsForTheFirstToBeADayOld()
    {
        var card = new Card("mastercard");
        for (var attempt = 1; attempt <= 10; attempt++)
        {
            Assert.IsTrue(card.Try(attempt, Start.AddMinutes(attempt), succeeds: false));
        }

        var denied = card.Ask(11, Start.AddHours(1));
        Assert.AreEqual("mastercard.consecutive_declines_24h", denied.RuleId);
        Assert.AreEqual(Start.AddMinutes(1).AddHours(24), denied.EarliestAt);
        Assert.IsTrue(card.Ask(11, denied.EarliestAt!.Value).Granted);
    }

    [TestMethod]
    public void Ask_MastercardSuccessInBetween_StartsTheCountAnew()
    {
        var card = new Card("mastercard");
        for (var attempt = 1; attempt <= 9; attempt++)
        {
            card.Try(attempt, Start.AddMinutes(attempt), succeeds: false);
        }

        card.Try(10, Start.AddMinutes(10), succeeds: true);
        card.Try(1, Start.AddMinutes(11), succeeds: false, "pay_2");

        Assert.IsTrue(card.Ask(2, Start.AddMinutes(12), "pay_2").Granted);
    }

    [TestMethod]
    public void Ask_MastercardSameAmount_AllowsThirtyFiveInThirtyDays()
    {
        var card = new Card("mastercard");
        for (var attempt = 1; attempt <= 35; attempt++)
        {
            Assert.IsTrue(card.Try(attempt, Start.AddHours(attempt * 12), succeeds: false), $"attempt {attempt}");
        }

        var at = Start.AddHours(36 * 12);
        Assert.AreEqual("mastercard.declines_same_amount_30d", card.Ask(36, at).RuleId);
        Assert.AreEqual(Start.AddHours(12).AddDays(30), card.Ask(36, at).EarliestAt);
        Assert.IsTrue(card.Ask(36, at, amountMinor: 100).Granted);
        Assert.IsTrue(card.Ask(36, at, merchant: "mer_2").Granted);
    }

    [TestMethod]
    [DataRow("visa", "41", null, "visa.category_1")]
    [DataRow("mastercard", "05", "03", "mastercard.mac_03")]
    public void Ask_AfterAHardDecline_IsDeniedUntilTheCardIsUpdated(string network, string response, string? advice, string rule)
    {
        var card = new Card(network);
        card.Try(1, Start, succeeds: false, response: response, advice: advice);

        var denied = card.Ask(2, Start.AddYears(1));
        Assert.AreEqual((false, rule, null), (denied.Granted, denied.RuleId, denied.EarliestAt));
        Assert.IsTrue(card.Ask(2, Start.AddDays(1), merchant: "mer_2").Granted);

        card.State = card.State.Updated(Start.AddDays(1), Start.AddDays(1));
        Assert.IsTrue(card.Ask(2, Start.AddDays(2)).Granted);
    }

    [TestMethod]
    public void Ask_AfterAStatedWait_HoldsTheMerchantUntilThen()
    {
        var card = new Card("mastercard");
        card.Try(1, Start, succeeds: false, response: "51", advice: "27");

        Assert.AreEqual(Start.AddDays(4), card.Ask(2, Start.AddDays(1)).EarliestAt);
        Assert.IsTrue(card.Ask(2, Start.AddDays(4)).Granted);
        Assert.IsTrue(card.Ask(1, Start.AddDays(1), "pay_2", Initiator.Customer).Granted);
    }

    [TestMethod]
    public void Settle_AttemptsOfTheProvider_CountWithoutReservation()
    {
        var card = new Card("visa");
        for (var attempt = 1; attempt <= 21; attempt++)
        {
            card.State = card.State.Settle(card.Report(attempt, Start.AddHours(attempt), succeeded: false), Contexts.Packs);
        }

        Assert.IsFalse(card.Ask(22, Start.AddHours(22)).Granted);
    }

    [TestMethod]
    public void Prune_AfterTheWindow_LeavesNothing()
    {
        var card = new Card("visa");
        card.Try(1, Start, succeeds: false);

        Assert.IsFalse(card.State.Merchant("mer_1").Prune(Start.AddDays(30).AddTicks(-1)).IsEmpty);
        Assert.IsTrue(card.State.Merchant("mer_1").Prune(Start.AddDays(30)).IsEmpty);
    }

    /// <summary>Whatever is asked when, no window of the networks ever holds more than it may.</summary>
    [TestMethod]
    [DataRow("visa")]
    [DataRow("mastercard")]
    public void Ask_AnySequence_KeepsTheNetworksLimits(string network) =>
        Gen.Select(Gen.Int[1, 2_000], Gen.Int[0, 9]).Array[1, 120].Sample(steps =>
        {
            var (card, at, made) = (new Card(network), Start, new List<(DateTimeOffset At, bool Succeeded, bool Follows)>());
            foreach (var (minutes, die) in steps)
            {
                at = at.AddMinutes(minutes);
                var follows = made.Count > 0 && !made[^1].Succeeded;
                if (card.Try(made.Count + 1, at, succeeds: die == 0))
                {
                    made.Add((at, die == 0, follows));
                }
            }

            foreach (var (end, _, _) in made)
            {
                if (network == "visa")
                {
                    Assert.IsLessThanOrEqualTo(20, made.Count(one => one.Follows && one.At <= end && one.At > end.AddDays(-30)));
                }
                else
                {
                    var day = made.Where(one => one.At <= end && one.At > end.AddHours(-24)).Reverse().TakeWhile(one => !one.Succeeded);
                    Assert.IsLessThanOrEqualTo(10, day.Count());
                    Assert.IsLessThanOrEqualTo(35, made.Count(one => !one.Succeeded && one.At <= end && one.At > end.AddDays(-30)));
                }
            }
        }, iter: 300);

    private sealed class Card(string network)
    {
        public CardState State { get; set; } = new();

        public BudgetAnswer Ask(int attempt, DateTimeOffset at, string payment = "pay_1", Initiator initiator = Initiator.Merchant, long amountMinor = 4999, string merchant = "mer_1")
        {
            var reservation = Reservation(attempt, at, payment) with { InitiatedBy = initiator, AmountMinor = amountMinor, MerchantId = merchant };
            return CardBudget.Ask(State.Merchant(merchant).Prune(at), reservation, Contexts.Packs.Network(network, at));
        }

        public bool Try(int attempt, DateTimeOffset at, bool succeeds, string payment = "pay_1", string? response = null, string? advice = null)
        {
            if (!Ask(attempt, at, payment).Granted)
            {
                return false;
            }

            State = State.Reserve(Reservation(attempt, at, payment));
            State = State.Settle(Report(attempt, at, succeeds, payment) with { NetworkCode = response, AdviceCode = advice }, Contexts.Packs);
            return true;
        }

        public AttemptReport Report(int attempt, DateTimeOffset at, bool succeeded, string payment = "pay_1") => new()
        {
            Attempt = Reservation(attempt, at, payment),
            Succeeded = succeeded,
            FailureCode = succeeded ? null : "card_declined",
        };

        public AttemptReservation Reservation(int attempt, DateTimeOffset at, string payment) => new()
        {
            PaymentId = payment,
            Attempt = attempt,
            MerchantId = "mer_1",
            CardNetwork = network,
            InitiatedBy = Initiator.Merchant,
            AmountMinor = 4999,
            Currency = "USD",
            At = at,
        };
    }
}
