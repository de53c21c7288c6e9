namespace Recoup.Strategy;

/// <summary>
/// Rules first, then the baseline table, then the static plan. A pure function of the context, the packs and the options: it reads no clock,
/// so that a decision can be made again later and compared.
/// </summary>
public sealed class BaselineStrategy(RulePacks packs, StrategyOptions options)
{
    public const string Name = "baseline";
    public const string Version = "1";

    private static readonly RecoveryMethod[] Methods = Enum.GetValues<RecoveryMethod>();

    private readonly StaticPlan plan = new(options);
    private readonly LocalDaytime daytime = new(options);

    /// <exception cref="ArgumentException">The currency is not supported.</exception>
    public RetryDecision Decide(RetryContext context)
    {
        var of = new RetryCase(context, packs, plan, daytime);
        if (MethodChoice.Over(of) is { } over)
        {
            return Decision(of, RecoveryMethod.GiveUp, $"Give up: {over}.", method => over) with { IsExhausted = true };
        }

        var inOrder = MethodChoice.InOrder(of);
        foreach (var method in inOrder)
        {
            if (MethodChoice.Refusal(method, of) is null)
            {
                return Decision(of, method, Explain(of, method), other => MethodChoice.Refusal(other, of) ?? NotAskedFor(of, other));
            }
        }

        var reasons = string.Join("; ", inOrder.Select(method => MethodChoice.Refusal(method, of)).Distinct());
        return Decision(of, RecoveryMethod.GiveUp, $"Give up: {reasons}.", other => MethodChoice.Refusal(other, of) ?? NotAskedFor(of, other));
    }

    /// <summary>Makes an old decision again, under the edition of the network's rules that it was made with.</summary>
    /// <exception cref="ArgumentException">That edition is not known.</exception>
    public static RetryDecision Replay(RetryContext context, string edition, RulePacks packs, StrategyOptions options) =>
        new BaselineStrategy(packs.Pin(context.CardNetwork, edition), options).Decide(context);

    private static RetryDecision Decision(RetryCase of, RecoveryMethod method, string reason, Func<RecoveryMethod, string> rejection)
    {
        var at = of.AttemptAt(method) ?? of.Context.Now;
        var decision = new RetryDecision
        {
            At = of.Context.Now,
            Method = method,
            DelayHours = (at - of.Context.Now).TotalHours,
            Probability = method == RecoveryMethod.GiveUp ? 0 : of.RowOf(method).Probability,
            Reason = reason,
            RulePack = of.Verdict.Pack.Edition,
            Rejected = [.. Methods.Where(other => other != method).Select(other => new RejectedAlternative { Method = other, Reason = rejection(other) })],
            Strategy = Name,
            StrategyVersion = Version,
            Arm = of.Context.Arm,
            AttemptAt = at,
            CardId = method switch
            {
                RecoveryMethod.SameCard => of.Context.CardId,
                RecoveryMethod.AlternativeCard => of.Backup,
                _ => null,
            },
            LookUpFirst = method == RecoveryMethod.SameCard && of.Failure == FailureReason.DuplicateTransaction,
        };
        return decision.AwaitsCustomer ? decision with { WaitUntil = of.End } : decision;
    }

    private static string Explain(RetryCase of, RecoveryMethod method)
    {
        var rule = of.Verdict.Class is DeclineClass.Generic or DeclineClass.Later ? "a retry is allowed" : of.Verdict.Class switch
        {
            DeclineClass.Never => "never again on this card",
            DeclineClass.FixData => "the card's data must be corrected first",
            _ => "the customer must take part",
        };
        var choice = method switch
        {
            RecoveryMethod.SameCard when of.Context.CustomerAnswered => "the customer has answered, so the card is charged as soon as the rules allow",
            RecoveryMethod.SameCard when of.Failure == FailureReason.DuplicateTransaction => "the earlier charges are looked up before the card is charged again",
            RecoveryMethod.SameCard => $"retry {of.Context.Retries + 1} of {of.RetriesMax} on the same card",
            RecoveryMethod.AlternativeCard => $"retry {of.Context.Retries + 1} of {of.RetriesMax} on the customer's next card",
            RecoveryMethod.RequestCardUpdate => "the customer is asked to update the card",
            RecoveryMethod.RetryWithCorrectCvc => "the customer is asked to enter the CVC at the processor",
            _ when of.AgreementStopped => "the agreement was stopped, so nothing is charged without the customer",
            _ => "the customer is asked to get in touch",
        };
        var hold = method == RecoveryMethod.SameCard && of.CardNotBefore > of.Context.Now
            ? $", not before {MethodChoice.Format(of.CardNotBefore)}" : "";
        return $"{of.Failure}: by {of.Verdict.Rule} {rule}; {choice}{hold}.";
    }

    private static string NotAskedFor(RetryCase of, RecoveryMethod method) => method == RecoveryMethod.GiveUp
        ? "something allowed is left to try"
        : $"the baseline asks for another method on {of.Failure}";
}
