namespace Recoup.Strategy;

/// <summary>One payment with what the rules and the table say of it: all that the choice of a method looks at.</summary>
internal sealed class RetryCase
{
    private readonly StaticPlan plan;
    private readonly LocalDaytime daytime;

    public RetryCase(RetryContext context, RulePacks packs, StaticPlan plan, LocalDaytime daytime)
    {
        (Context, this.plan, this.daytime) = (context, plan, daytime);
        Verdict = DeclineRules.Read(context.LastDecline, context.CardNetwork, context.CardCountry, context.Now, packs);
        Failure = FailureReason.Of(context.LastDecline, context.CardNetwork, context.Now, packs);
        Row = BaselineTable.Row(Failure, context.Customer, context.Currency);
        Backup = context.BackupCards.FirstOrDefault(card => card != context.CardId && !context.DeadCards.Contains(card));
    }

    public RetryContext Context { get; }

    public RuleVerdict Verdict { get; }

    /// <summary>In the table's words: <c>insufficient_funds</c>, ...</summary>
    public string Failure { get; }

    public BaselineRow Row { get; }

    /// <summary>The first card after the declined one that may be charged; null: none.</summary>
    public string? Backup { get; }

    public DateTimeOffset End => plan.End(Context);

    public int RetriesMax => plan.RetriesMax;

    public bool AgreementStopped => Context.AgreementStopped || Verdict.StopsAgreement;

    public bool IsDead => Context.CardId is { } card && Context.DeadCards.Contains(card);

    /// <summary>The time before which the rules allow no charge on the declined card.</summary>
    public DateTimeOffset CardNotBefore
    {
        get
        {
            var earliest = Context.Now;
            earliest = Verdict.NotBefore > earliest ? Verdict.NotBefore.Value : earliest;
            return Context.CardNotBefore > earliest ? Context.CardNotBefore.Value : earliest;
        }
    }

    public BaselineRow RowOf(RecoveryMethod method) => BaselineTable.RowOf(method, Row, Context.Customer);

    /// <summary>When a method would charge, at the earliest; null: its plan is over.</summary>
    public DateTimeOffset? AttemptAt(RecoveryMethod method)
    {
        var earliest = method == RecoveryMethod.AlternativeCard ? Context.Now : CardNotBefore;
        switch (method)
        {
            case RecoveryMethod.GiveUp:
                return Context.Now;
            case RecoveryMethod.SameCard when Context.CustomerAnswered:
                return earliest;
            case RecoveryMethod.SameCard or RecoveryMethod.AlternativeCard:
                return plan.Next(Context, RowOf(method).Delay) is { } slot
                    ? daytime.Move(slot > earliest ? slot : earliest, Context.Now, earliest, End, Context.Customer.TimeZone)
                    : null;
            default:
                var asked = Context.Now + RowOf(method).Delay;
                return asked > earliest ? asked : earliest;
        }
    }
}
