using Recoup.Clock;

namespace Recoup.Payments;

/// <summary>When somebody must look at a payment that has not moved by itself.</summary>
internal static class PaymentAttention
{
    /// <summary>What is under way has this long (wall time) before the sweep looks; at start it looks at once.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>A recovery's next step may be this late (wall time) before its workflow is started again, which is harmless when it runs.</summary>
    private static readonly TimeSpan RecoveryPatience = TimeSpan.FromMinutes(2);

    public static DateTimeOffset? Of(PaymentState state, IBusinessClock clock, DateTimeOffset wallNow)
    {
        if (state.Outbox.Count > 0 || PaymentNextStep.Of(state, clock.UtcNow, recoveryStarted: state.Decisions.Count > 0) is not null)
        {
            return wallNow + Patience;
        }

        if (state.Status != PaymentStatus.Recovering)
        {
            return null;
        }

        var chosen = state.Decisions[^1].Chosen;
        var expected = clock.ToWall(chosen.AwaitsCustomer ? chosen.WaitUntil ?? chosen.AttemptAt : chosen.AttemptAt);
        return (expected > wallNow ? expected : wallNow) + RecoveryPatience;
    }
}
