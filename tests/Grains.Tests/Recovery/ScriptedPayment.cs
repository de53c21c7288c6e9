using System.Collections.Concurrent;
using Recoup.Payments;
using Temporalio.Activities;

namespace Recoup.Grains.Tests.Recovery;

/// <summary>Stands in for the payment grain: answers the workflow's activities by a script, and keeps what it was asked.</summary>
internal sealed class ScriptedPayment(Func<int, RecoveryStep> decide, Func<int, RecoveryStep> attempt)
{
    public ConcurrentQueue<string> Calls { get; } = new();

    [Activity]
    public RecoveryStep Decide(string paymentId, int number)
    {
        Calls.Enqueue($"decide {number}");
        return decide(number);
    }

    [Activity]
    public RecoveryStep Attempt(string paymentId, int number)
    {
        Calls.Enqueue($"attempt {number}");
        return attempt(number);
    }

    [Activity]
    public RecoveryStep Finish(string paymentId, string failureCode)
    {
        Calls.Enqueue($"finish {failureCode}");
        return Step(RecoveryAction.Stop, status: PaymentStatus.Failed);
    }

    public static RecoveryStep Step(RecoveryAction action, TimeSpan wait = default, PaymentStatus status = PaymentStatus.Recovering, string? failureCode = "insufficient_funds") => new()
    {
        Action = action,
        Wait = wait,
        Summary = $"{action} after {wait}",
        Status = status,
        FailureCode = failureCode,
    };
}
