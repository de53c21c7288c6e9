using Recoup.Payments;
using Temporalio.Common;
using Temporalio.Workflows;

namespace Recoup.Recovery;

/// <summary>What a recovery needs to know; everything else is the payment grain's.</summary>
/// <param name="PaymentId">The workflow's id is <c>recover-{PaymentId}</c>.</param>
/// <param name="NextDecision">The decision to go on with: 1 at first, more after continue-as-new.</param>
public sealed record RecoveryInput(string PaymentId, int NextDecision = 1);

/// <summary>How the recovery stands, for queries.</summary>
public sealed record RecoveryStatus(string PaymentId, int Decision, string Doing, DateTimeOffset? Until, PaymentStatus? Payment);

/// <summary>
/// Owns the waiting of one recovery: decide, wait durably or be woken, attempt, until the money is collected or nothing allowed is left.
/// It holds no state that the payment grain does not: started again from the beginning, it ends up where it was.
/// </summary>
[Workflow]
public sealed class RecoverPaymentWorkflow
{
    /// <summary>A recovery makes at most a dozen decisions; one with more has a long history, and goes on in a new run.</summary>
    private const int DecisionsPerRun = 50;

    /// <summary>
    /// Grain calls are idempotent by number, so they are repeated until they answer: what the grain does not know yet, it finds out by key.
    /// </summary>
    private static readonly ActivityOptions GrainCall = new()
    {
        StartToCloseTimeout = TimeSpan.FromSeconds(20),
        RetryPolicy = new RetryPolicy
        {
            InitialInterval = TimeSpan.FromMilliseconds(250),
            BackoffCoefficient = 2,
            MaximumInterval = TimeSpan.FromSeconds(30),
            NonRetryableErrorTypes = [RecoveryActivities.BrokenInvariant],
        },
    };

    private RecoveryStatus status = new("", 0, "starting", null, null);
    private int signals;

    [WorkflowRun]
    public async Task<RecoveryStatus> RunAsync(RecoveryInput input)
    {
        var number = input.NextDecision;
        while (true)
        {
            if (Workflow.ContinueAsNewSuggested || number - input.NextDecision >= DecisionsPerRun)
            {
                var rest = input with { NextDecision = number };
                throw Workflow.CreateContinueAsNewException((RecoverPaymentWorkflow workflow) => workflow.RunAsync(rest));
            }

            var heard = signals;
            var step = await DecideAsync(input.PaymentId, number);
            switch (step.Action)
            {
                case RecoveryAction.Stop:
                    return status;

                case RecoveryAction.GiveUp:
                    return await FinishAsync(input.PaymentId, number, step);

                case RecoveryAction.Decide:
                    number++;
                    break;

                // Woken by a signal: ask what this decision means now.
                case RecoveryAction.AwaitCustomer or RecoveryAction.Attempt when await IsWokenAsync(step, heard):
                    break;

                case RecoveryAction.AwaitCustomer:
                    return await FinishAsync(input.PaymentId, number, step);

                case RecoveryAction.Attempt:
                    var result = await AttemptAsync(input.PaymentId, number, step);
                    if (result.Action == RecoveryAction.Stop)
                    {
                        return status;
                    }

                    number += result.Action == RecoveryAction.Decide ? 1 : 0;
                    break;

                default:
                    throw new InvalidOperationException($"Step {step.Action} is not known.");
            }
        }
    }

    [WorkflowSignal]
    public Task PaidElsewhereAsync() => WakeAsync();

    [WorkflowSignal]
    public Task CardUpdatedAsync() => WakeAsync();

    [WorkflowSignal]
    public Task CancelledAsync() => WakeAsync();

    [WorkflowSignal]
    public Task RefundedAsync() => WakeAsync();

    [WorkflowSignal]
    public Task DisputedAsync() => WakeAsync();

    /// <summary>How the recovery stands.</summary>
    [WorkflowQuery]
    public RecoveryStatus GetStatus() => status;

    private Task WakeAsync()
    {
        signals++;
        return Task.CompletedTask;
    }

    private async Task<RecoveryStep> DecideAsync(string paymentId, int number)
    {
        var step = await Workflow.ExecuteActivityAsync(
            (RecoveryActivities activities) => activities.DecideAsync(paymentId, number), With($"decision {number}"));
        Tell(paymentId, number, step);
        return step;
    }

    private async Task<RecoveryStep> AttemptAsync(string paymentId, int number, RecoveryStep step)
    {
        var result = await Workflow.ExecuteActivityAsync(
            (RecoveryActivities activities) => activities.AttemptAsync(paymentId, number), With($"decision {number}: {step.Summary}"));
        Tell(paymentId, number, result);
        return result;
    }

    private async Task<RecoveryStatus> FinishAsync(string paymentId, int number, RecoveryStep step)
    {
        var end = await Workflow.ExecuteActivityAsync(
            (RecoveryActivities activities) => activities.FinishAsync(paymentId, step.FailureCode ?? "recovery_exhausted"), With(step.Summary));
        Tell(paymentId, number, end);
        return status;
    }

    /// <summary>Waits as long as the step says; true when a signal came first.</summary>
    private Task<bool> IsWokenAsync(RecoveryStep step, int heard) => step.Wait <= TimeSpan.Zero && step.Action == RecoveryAction.Attempt
        ? Task.FromResult(false)
        : Workflow.WaitConditionWithOptionsAsync(new(() => signals > heard, step.Wait) { TimeoutSummary = Shorten(step.Summary) });

    private void Tell(string paymentId, int number, RecoveryStep step)
    {
        status = new(paymentId, number, step.Summary, step.Until, step.Status);
        Workflow.UpsertTypedSearchAttributes(
            RecoverySearchAttributes.RecoveryStatus.ValueSet(step.Status.Name()),
            RecoverySearchAttributes.FailureCode.ValueSet(step.FailureCode ?? "none"));
    }

    private static ActivityOptions With(string summary)
    {
        var options = (ActivityOptions)GrainCall.Clone();
        options.Summary = Shorten(summary);
        return options;
    }

    /// <summary>The server keeps at most 400 bytes of a summary.</summary>
    private static string Shorten(string summary) => summary.Length <= 190 ? summary : summary[..187] + "...";
}
