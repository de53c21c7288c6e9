using Recoup.Strategy;

namespace Recoup.Cards;

/// <summary>A card's state as people and programs see it.</summary>
internal static class CardViews
{
    public static CardView Of(string cardId, CardState state, RulePacks packs, DateTimeOffset now) => new()
    {
        CardId = cardId,
        UpdatedAt = state.UpdatedAt,
        Budgets = [.. state.Merchants.SelectMany(budget => Budgets(budget.Prune(now), packs, now))],
        WaitingPayments = state.WaitingPayments,
    };

    private static IEnumerable<CardBudgetView> Budgets(MerchantBudget budget, RulePacks packs, DateTimeOffset now) =>
        from initiator in budget.Attempts.Select(attempt => attempt.InitiatedBy).Distinct()
        let latest = budget.Attempts.Last(attempt => attempt.InitiatedBy == initiator)
        let question = new AttemptReservation
        {
            PaymentId = latest.PaymentId,
            Attempt = latest.Attempt + 1,
            MerchantId = budget.MerchantId,
            CardNetwork = budget.CardNetwork,
            InitiatedBy = initiator,
            AmountMinor = latest.AmountMinor,
            Currency = latest.Currency,
            At = now,
        }
        let pack = packs.Network(budget.CardNetwork, now)
        let answer = CardBudget.Ask(budget, question, pack)
        from limit in pack.Limits
        select new CardBudgetView
        {
            MerchantId = budget.MerchantId,
            InitiatedBy = initiator,
            RuleId = limit.RuleId,
            Used = CardBudget.Used(limit, budget, question),
            Limit = limit.Maximum,
            EarliestAt = answer.EarliestAt,
        };
}
