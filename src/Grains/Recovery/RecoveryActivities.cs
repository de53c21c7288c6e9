using Recoup.Payments;
using Temporalio.Activities;
using Temporalio.Exceptions;

namespace Recoup.Recovery;

/// <summary>The workflow's calls of the payment grain. Each is idempotent by its number, and charging carries the key <c>{payment_id}:{attempt}</c>.</summary>
public sealed class RecoveryActivities(IGrainFactory grains)
{
    /// <summary>The error type that no repetition helps against: a defect, for people to look at.</summary>
    public const string BrokenInvariant = "BrokenInvariant";

    [Activity]
    public Task<RecoveryStep> DecideAsync(string paymentId, int number) => CallAsync(paymentId, payment => payment.DecideAsync(number));

    [Activity]
    public Task<RecoveryStep> AttemptAsync(string paymentId, int number) => CallAsync(paymentId, payment => payment.AttemptAsync(number));

    [Activity]
    public Task<RecoveryStep> FinishAsync(string paymentId, string failureCode) => CallAsync(paymentId, payment => payment.FinishAsync(failureCode));

    private async Task<RecoveryStep> CallAsync(string paymentId, Func<IPaymentRecovery, Task<RecoveryStep>> call)
    {
        try
        {
            return await call(grains.GetGrain<IPaymentRecovery>(paymentId));
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            throw new ApplicationFailureException(exception.Message, exception, errorType: BrokenInvariant, nonRetryable: true);
        }
    }
}
