using Recoup.Strategy;
using RetryContext = Recoup.Strategy.RetryContext;

namespace Recoup.Grains.Tests.Strategy;

/// <summary>A declined payment to start from; each test changes what it is about.</summary>
internal static class Contexts
{
    public static readonly DateTimeOffset Now = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly RulePacks Packs = RulePacks.Load();

    public static RetryContext Declined(string failureCode, string? network = "visa", string? networkCode = null, string? adviceCode = null, string? declineCode = null) => new()
    {
        PaymentId = "pay_1",
        MerchantId = "mer_1",
        AmountMinor = 4999,
        Currency = "USD",
        Now = Now,
        FirstDeclineAt = Now,
        Retries = 0,
        CardId = "card_1",
        CardNetwork = network,
        CardCountry = "US",
        LastDecline = new Decline
        {
            At = Now,
            FailureCode = failureCode,
            DeclineCode = declineCode,
            NetworkCode = networkCode,
            AdviceCode = adviceCode,
        },
    };

    public static RetryDecision Decide(this RetryContext context, StrategyOptions? options = null) =>
        new BaselineStrategy(Packs, options ?? new StrategyOptions()).Decide(context);

    /// <summary>The same payment after so many retries, with the last decline at this many hours after the first.</summary>
    public static RetryContext After(this RetryContext context, int retries, double hours) => context with
    {
        Retries = retries,
        Now = context.FirstDeclineAt.AddHours(hours),
        LastDecline = context.LastDecline with { At = context.FirstDeclineAt.AddHours(hours) },
    };
}
