using Recoup.Amounts;

namespace Recoup.Strategy;

/// <summary>The baseline: what is done about a failure when no model is loaded, and the arm that a learned strategy has to beat.</summary>
internal static class BaselineTable
{
    /// <summary>In major units; currencies without minor units (JPY) take a hundred times as many.</summary>
    private const long LifetimeValueThreshold = 10_000;
    private const int WholeUnitFactor = 100;
    private const double SuccessRateThreshold = 0.90;

    private static readonly BaselineRow FundsOfGoodCustomer = new(RecoveryMethod.SameCard, TimeSpan.FromHours(6), 0.72);
    private static readonly BaselineRow Funds = new(RecoveryMethod.SameCard, TimeSpan.FromHours(24), 0.65);
    private static readonly BaselineRow OtherCard = new(RecoveryMethod.AlternativeCard, TimeSpan.FromHours(1), 0.85);
    private static readonly BaselineRow Contact = new(RecoveryMethod.ContactCustomer, TimeSpan.Zero, 0.45);
    private static readonly BaselineRow Update = new(RecoveryMethod.RequestCardUpdate, TimeSpan.Zero, 0.90);
    private static readonly BaselineRow CorrectCvc = new(RecoveryMethod.RetryWithCorrectCvc, TimeSpan.FromHours(1), 0.60);
    private static readonly BaselineRow AnyOther = new(RecoveryMethod.SameCard, TimeSpan.FromHours(12), 0.55);

    /// <exception cref="ArgumentException">The currency is not supported.</exception>
    public static BaselineRow Row(string failure, CustomerFacts customer, string currency) => failure switch
    {
        FailureReason.InsufficientFunds => IsValuable(customer, currency) ? FundsOfGoodCustomer : Funds,
        FailureReason.CardDeclined => IsReliable(customer) ? OtherCard : Contact,
        FailureReason.ExpiredCard => Update,
        FailureReason.IncorrectCvc => CorrectCvc,
        _ => AnyOther,
    };

    /// <summary>The row of a method that a rule asks for instead of the failure's own.</summary>
    public static BaselineRow RowOf(RecoveryMethod method, BaselineRow failure, CustomerFacts customer) =>
        failure.Method == method ? failure : method switch
        {
            RecoveryMethod.AlternativeCard => IsReliable(customer) ? OtherCard : OtherCard with { Probability = AnyOther.Probability },
            RecoveryMethod.RequestCardUpdate => Update,
            RecoveryMethod.RetryWithCorrectCvc => CorrectCvc,
            RecoveryMethod.ContactCustomer => Contact,
            _ => AnyOther,
        };

    private static bool IsReliable(CustomerFacts customer) => customer.SuccessRate > SuccessRateThreshold;

    private static bool IsValuable(CustomerFacts customer, string currency)
    {
        var factor = Currency.ExponentOf(currency) == 0 ? WholeUnitFactor : Currency.MinorPerMajor(currency);
        return customer.LifetimeValueMinor > LifetimeValueThreshold * factor;
    }
}

/// <summary>A line of the table. The delay comes before the first retry; for the methods that wait for the customer it is the earliest charge after the message.</summary>
internal sealed record BaselineRow(RecoveryMethod Method, TimeSpan Delay, double Probability);
