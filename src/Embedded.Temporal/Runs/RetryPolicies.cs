namespace Recoup.Embedded.Temporal.Runs;

/// <summary>Defaults, validity and the next delay of a retry policy, for activities and for runs alike.</summary>
internal static class RetryPolicies
{
    private const string TimeoutTypePrefix = "TemporalTimeout:";

    public static RetryPolicy WithDefaults(RetryPolicy? given)
    {
        var policy = given?.Clone() ?? new RetryPolicy();
        policy.InitialInterval = policy.InitialInterval.Span() == TimeSpan.Zero ? TimeSpan.FromSeconds(1).Proto() : policy.InitialInterval;
        if (policy.BackoffCoefficient == 0)
        {
            policy.BackoffCoefficient = 2;
        }

        if (policy.MaximumInterval.Span() == TimeSpan.Zero)
        {
            policy.MaximumInterval = Scaled(policy.InitialInterval.Span(), 100).Proto();
        }

        return policy;
    }

    /// <summary>What is wrong with a policy that has its defaults; null if nothing is.</summary>
    public static string? Problem(RetryPolicy policy)
    {
        if (policy.MaximumAttempts == 1)
        {
            return null; // Never used.
        }

        return policy switch
        {
            _ when policy.InitialInterval.Span() < TimeSpan.Zero => "invalid InitialInterval set on retry policy: negative duration",
            { BackoffCoefficient: < 1 } => "BackoffCoefficient cannot be less than 1 on retry policy.",
            _ when policy.MaximumInterval.Span() < TimeSpan.Zero => "invalid MaximumInterval set on retry policy: negative duration",
            _ when policy.MaximumInterval.Span() < policy.InitialInterval.Span() => "MaximumInterval cannot be less than InitialInterval on retry policy.",
            { MaximumAttempts: < 0 } => "MaximumAttempts cannot be negative on retry policy.",
            _ => null,
        };
    }

    /// <summary>Whether another attempt follows, and after what delay.</summary>
    /// <param name="attempt">The attempt that just ended; the first is 1.</param>
    /// <param name="expiresAt">No attempt starts after it.</param>
    public static (RetryState State, TimeSpan Delay) Next(RetryPolicy? policy, int attempt, Failure? failure, DateTime now, DateTime? expiresAt)
    {
        if (policy is null)
        {
            return (RetryState.RetryPolicyNotSet, default);
        }

        if (!IsRetryable(failure, policy.NonRetryableErrorTypes))
        {
            return (RetryState.NonRetryableFailure, default);
        }

        if (policy.MaximumAttempts > 0 && attempt >= policy.MaximumAttempts)
        {
            return (RetryState.MaximumAttemptsReached, default);
        }

        var delay = failure?.ApplicationFailureInfo?.NextRetryDelay is { } wished
            ? wished.Span()
            : Times.Least(Scaled(policy.InitialInterval.Span(), Math.Pow(policy.BackoffCoefficient, attempt - 1)), policy.MaximumInterval.Span());
        return expiresAt is not null && now.Plus(delay) > expiresAt ? (RetryState.Timeout, default) : (RetryState.InProgress, delay);
    }

    public static bool IsRetryable(Failure? failure, IReadOnlyCollection<string> nonRetryableTypes) => failure?.FailureInfoCase switch
    {
        Failure.FailureInfoOneofCase.TerminatedFailureInfo or Failure.FailureInfoOneofCase.CanceledFailureInfo => false,
        Failure.FailureInfoOneofCase.TimeoutFailureInfo => failure.TimeoutFailureInfo.TimeoutType is TimeoutType.StartToClose or TimeoutType.Heartbeat
            && !nonRetryableTypes.Contains(TimeoutTypePrefix + failure.TimeoutFailureInfo.TimeoutType),
        Failure.FailureInfoOneofCase.ServerFailureInfo => !failure.ServerFailureInfo.NonRetryable,
        Failure.FailureInfoOneofCase.ApplicationFailureInfo => !failure.ApplicationFailureInfo.NonRetryable
            && !nonRetryableTypes.Contains(failure.ApplicationFailureInfo.Type),
        _ => true,
    };

    private static TimeSpan Scaled(TimeSpan span, double factor)
    {
        var ticks = span.Ticks * factor;
        return ticks >= TimeSpan.FromDays(365_000).Ticks ? TimeSpan.FromDays(365_000) : TimeSpan.FromTicks((long)ticks);
    }
}
