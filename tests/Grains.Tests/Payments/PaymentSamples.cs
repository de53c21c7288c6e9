using Recoup.Fraud;
using Recoup.Gateways;
using Recoup.Payments;
using Recoup.Strategy;

namespace Recoup.Grains.Tests.Payments;

internal static class PaymentSamples
{
    public const string PaymentId = "pay_TEST";

    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly FraudVerdict Fine = new() { Score = 0.01, Blocked = false };

    public static SubmitPayment Command(long amountMinor = 4999) => new()
    {
        CustomerId = "cus_1",
        MerchantId = "mer_1",
        AmountMinor = amountMinor,
        Currency = "USD",
        CardId = "card_1",
        CardNetwork = "visa",
        CardCountry = "US",
        BillingCountry = "US",
    };

    public static PaymentState Charging(long amountMinor = 4999) => new PaymentState()
        .Submit(PaymentId, "key", Command(amountMinor), Now)
        .Judge(Fine, Now)
        .BeginAttempt(0, "card_1", "visa", "US", Now);

    public static PaymentState Recovering() => Charging().ResolveAttempt(1, Declined("ch_1"), Now);

    public static GatewayCharge Succeeded(string chargeId) => new() { ChargeId = chargeId, Succeeded = true, At = Now };

    public static GatewayCharge Declined(string chargeId, string failureCode = "insufficient_funds") =>
        new() { ChargeId = chargeId, Succeeded = false, At = Now, FailureCode = failureCode, NetworkCode = "51" };

    public static RetryDecision Decision(RecoveryMethod method = RecoveryMethod.SameCard) => new()
    {
        At = Now,
        Method = method,
        DelayHours = 24,
        Probability = 0.65,
        Reason = "a test",
        RulePack = "2026-04-18",
        Strategy = "baseline",
        StrategyVersion = "1",
        Arm = "treatment",
        CardId = "card_1",
        AttemptAt = Now.AddHours(24),
        WaitUntil = Now.AddDays(14),
    };
}
