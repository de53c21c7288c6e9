using Recoup.Embedded.Temporal.Runs;
using static Recoup.Embedded.Temporal.Tests.Runs.RunScript;

namespace Recoup.Embedded.Temporal.Tests.Runs;

[TestClass]
public sealed class RetryPolicyTests
{
    private static readonly DateTime Now = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(2, 2)]
    [DataRow(4, 8)]
    [DataRow(8, 100)]
    [DataRow(500, 100)]
    public void Next_ByAttempt_GrowsUpToTheMaximum(int attempt, int seconds)
    {
        var (state, delay) = RetryPolicies.Next(RetryPolicies.WithDefaults(null), attempt, ApplicationFailure(), Now, null);

        Assert.AreEqual(RetryState.InProgress, state);
        Assert.AreEqual(TimeSpan.FromSeconds(seconds), delay);
    }

    [TestMethod]
    public void Next_WithADelayInTheFailure_TakesThat()
    {
        var failure = ApplicationFailure();
        failure.ApplicationFailureInfo.NextRetryDelay = Duration.FromTimeSpan(TimeSpan.FromMinutes(7));

        Assert.AreEqual(TimeSpan.FromMinutes(7), RetryPolicies.Next(RetryPolicies.WithDefaults(null), 1, failure, Now, null).Delay);
    }

    [TestMethod]
    public void Next_OfATypeThatIsListed_IsNotRetried()
    {
        var policy = RetryPolicies.WithDefaults(new() { NonRetryableErrorTypes = { "Boom" } });

        Assert.AreEqual(RetryState.NonRetryableFailure, RetryPolicies.Next(policy, 1, ApplicationFailure(), Now, null).State);
    }

    [TestMethod]
    public void Next_PastTheExpiry_IsATimeout() =>
        Assert.AreEqual(RetryState.Timeout, RetryPolicies.Next(RetryPolicies.WithDefaults(null), 3, ApplicationFailure(), Now, Now.AddSeconds(3.9)).State);
}
