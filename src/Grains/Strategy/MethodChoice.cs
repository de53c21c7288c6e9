using System.Globalization;

namespace Recoup.Strategy;

/// <summary>Which methods come into question for a case, in order, and why one is not allowed.</summary>
internal static class MethodChoice
{
    /// <summary>Why the recovery is over before any method is looked at; null: it is not.</summary>
    public static string? Over(RetryCase of)
    {
        if (of.Verdict.CancelsPayment)
        {
            return $"the customer cancelled the payment ({of.Verdict.Rule})";
        }

        if (of.Context.Retries >= of.RetriesMax)
        {
            return $"{of.Context.Retries} retries were made, {of.RetriesMax} are allowed";
        }

        return of.Context.Now >= of.End ? $"the recovery's time was over at {Format(of.End)}" : null;
    }

    /// <summary>The first that is allowed is taken.</summary>
    public static RecoveryMethod[] InOrder(RetryCase of)
    {
        if (of.Context.CustomerAnswered)
        {
            return [RecoveryMethod.SameCard, RecoveryMethod.AlternativeCard, RecoveryMethod.RequestCardUpdate];
        }

        if (of.AgreementStopped)
        {
            return [RecoveryMethod.ContactCustomer];
        }

        if (of.IsDead)
        {
            return [RecoveryMethod.AlternativeCard, RecoveryMethod.RequestCardUpdate];
        }

        return of.Verdict.Class switch
        {
            DeclineClass.Never => [RecoveryMethod.AlternativeCard, RecoveryMethod.RequestCardUpdate],
            DeclineClass.CustomerPresent => [RecoveryMethod.ContactCustomer],
            DeclineClass.FixData when of.Failure == FailureReason.IncorrectCvc && !of.Verdict.IsNetworkAdvice => [RecoveryMethod.RetryWithCorrectCvc],
            DeclineClass.FixData => [RecoveryMethod.RequestCardUpdate],
            _ => of.Row.Method switch
            {
                RecoveryMethod.SameCard => [RecoveryMethod.SameCard, RecoveryMethod.AlternativeCard],
                RecoveryMethod.AlternativeCard => [RecoveryMethod.AlternativeCard, RecoveryMethod.ContactCustomer],
                var asks => [asks],
            },
        };
    }

    /// <summary>Why a method is not allowed; null: it is.</summary>
    public static string? Refusal(RecoveryMethod method, RetryCase of)
    {
        var forbidden = method switch
        {
            RecoveryMethod.SameCard => SameCard(of),
            RecoveryMethod.AlternativeCard when of.AgreementStopped => "the agreement was stopped: no card of it may be charged without the customer",
            RecoveryMethod.AlternativeCard when of.Backup is null => "the customer has no other card that may be charged",
            RecoveryMethod.RetryWithCorrectCvc when of.Failure != FailureReason.IncorrectCvc => "the CVC was not what was wrong",
            _ => null,
        };
        return forbidden ?? (of.AttemptAt(method) is { } at ? TooLate(at, of) : "the static plan has no day left");
    }

    public static string Format(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    private static string? SameCard(RetryCase of)
    {
        if (of.IsDead)
        {
            return "the card was declined for good";
        }

        if (of.Context.CustomerAnswered)
        {
            return null;
        }

        if (of.AgreementStopped)
        {
            return "the agreement was stopped: no card of it may be charged without the customer";
        }

        return of.Verdict.Class switch
        {
            DeclineClass.Never => $"{of.Verdict.Rule}: never again on this card",
            DeclineClass.FixData => $"{of.Verdict.Rule}: the card's data must be corrected first",
            DeclineClass.CustomerPresent => $"{of.Verdict.Rule}: the customer must take part",
            _ => null,
        };
    }

    private static string? TooLate(DateTimeOffset at, RetryCase of) =>
        at <= of.End ? null : $"the rules allow no charge before {Format(at)}, and the recovery ends at {Format(of.End)}";
}
