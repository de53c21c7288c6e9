using Recoup.Strategy;

namespace Recoup.Customers;

/// <summary>A customer's state as others see it.</summary>
internal static class CustomerViews
{
    public static CustomerView View(this CustomerState state, string customerId, string arm) => new()
    {
        CustomerId = customerId,
        TimeZone = state.TimeZone,
        Arm = arm,
        Cards = state.Cards,
        SuccessRate = SuccessRate(state),
        Payments = state.Payments,
        Collected = state.Collected,
        LifetimeValueMinor = state.LifetimeValueMinor,
        History = [.. state.History.Outcomes.Reverse()],
        Subscriptions = [.. state.Subscriptions.Select(record => record.Subscription)],
    };

    public static RecoveryFacts RecoveryFacts(this CustomerState state, string currency, string arm) => new()
    {
        Customer = new CustomerFacts
        {
            SuccessRate = SuccessRate(state),
            LifetimeValueMinor = state.LifetimeValueMinor.GetValueOrDefault(currency),
            TimeZone = state.TimeZone,
            Payments = state.Payments,
        },
        Cards = state.Cards,
        Arm = arm,
    };

    public static RiskFacts RiskFacts(this CustomerState state, string currency, DateTimeOffset now)
    {
        var collected = state.History.Outcomes.Where(outcome => outcome.Kind == PaymentOutcomeKind.Collected && outcome.Currency == currency).ToArray();
        return new RiskFacts
        {
            PaymentsLastHour = Payments(state, now - TimeSpan.FromHours(1), now, _ => true),
            FailuresLastDay = Payments(state, now - TimeSpan.FromDays(1), now, IsFailure),
            MeanAmountMinor = collected.Length == 0 ? null : (long)Math.Round(collected.Average(outcome => (decimal)outcome.AmountMinor)),
            Collected = collected.Length,
        };
    }

    private static int Payments(CustomerState state, DateTimeOffset after, DateTimeOffset until, Func<PaymentOutcomeKind, bool> counts) =>
        state.History.Outcomes
            .Where(outcome => outcome.At > after && outcome.At <= until && outcome.Kind is not (PaymentOutcomeKind.Refunded or PaymentOutcomeKind.Disputed))
            .Where(outcome => counts(outcome.Kind))
            .Select(outcome => outcome.PaymentId)
            .Distinct()
            .Count();

    private static bool IsFailure(PaymentOutcomeKind kind) =>
        kind is PaymentOutcomeKind.Declined or PaymentOutcomeKind.Failed or PaymentOutcomeKind.Blocked;

    private static double? SuccessRate(CustomerState state) => state.Payments == 0 ? null : (double)state.Collected / state.Payments;
}
