using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Recoup.Clock;
using Recoup.Events;
using Recoup.Gateways;
using Recoup.Recovery;
using Recoup.Strategy;

namespace Recoup.Payments;

/// <summary>
/// Owns one payment from submission to its end; the key is the payment id.
/// <para>
/// Reentrant, so that a payment can be read and cancelled while an attempt is at the gateway. What makes that safe: every change goes through
/// <see cref="SaveAsync"/>, which runs a pure transition on the last saved state, one at a time, and shows the result only once it is on disk.
/// Whatever was looked at before is checked again by the transition.
/// </para>
/// </summary>
[Reentrant]
[CollectionAgeLimit(Minutes = 2)] // A payment that has ended is hardly asked for again; at 2,000 a second, a quarter of an hour of them is memory.
[SuppressMessage("Design", "CA1001", Justification = "Neither the semaphore nor the token source holds a handle, and work under way may still use them.")]
public sealed partial class PaymentGrain(
    [PersistentState("payment", "recoup")] IPersistentState<PaymentState> store,
    IPaymentGateway gateway,
    ICustomerMessenger messenger,
    IRecoveryLauncher recovery,
    RulePacks packs,
    IEventPublisher events,
    IBusinessClock clock,
    TimeProvider time,
    IOptions<PaymentOptions> options,
    ILogger<PaymentGrain> logger) : Grain, IPaymentGrain, IPaymentRecovery
{
    private readonly SemaphoreSlim saving = new(1, 1);

    /// <summary>What is on disk.</summary>
    private PaymentState saved = new();
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Outbox outbox = null!;

    private string PaymentId => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        saved = store.State;
        outbox = new Outbox(events, () => saved.Outbox, SettleOutboxAsync, time, logger);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        stopping.Cancel();
        outbox.Stop();
        return Task.CompletedTask;
    }

    public async Task<SubmitOutcome> SubmitAsync(SubmitPayment command, string idempotencyKey)
    {
        if (saved.IsSubmitted)
        {
            return Repeated(command);
        }

        var opening = await PrepareFirstAttemptAsync(new PaymentState().Submit(PaymentId, idempotencyKey, command, clock.UtcNow));
        var isFirst = false;
        await SaveAsync(state =>
        {
            isFirst = !state.IsSubmitted;
            return isFirst ? opening : state;
        });

        if (!isFirst)
        {
            return Repeated(command);
        }

        unsentAttempt = saved.PendingAttempt?.Number ?? 0;
        PaymentMetrics.Submitted.Add(1);
        Drive();
        return new SubmitOutcome { Result = SubmitResult.Accepted, Payment = saved.ToView() };
    }

    public Task<PaymentView?> GetAsync() => Task.FromResult(saved.IsSubmitted ? saved.ToView() : null);

    public async Task<PaymentView?> WaitForFirstAttemptAsync(TimeSpan patience)
    {
        await WaitUntilAsync(state => !state.IsSubmitted || state.Status is not (PaymentStatus.Submitted or PaymentStatus.Charging), patience);
        return await GetAsync();
    }

    public Task<CommandOutcome> CancelAsync(string? reason) => CommandAsync(
        state => state.Cancel(clock.UtcNow),
        state => state.Status == PaymentStatus.Cancelled ? null : $"A payment that is {state.Status.Name()} cannot be cancelled; money that was collected is refunded.");

    public Task<CommandOutcome> RefundAsync(RefundPayment command) => CommandAsync(
        state => state.Status == PaymentStatus.Disputed
            ? state
            : state.RequestRefund(command.IdempotencyKey, command.AmountMinor ?? PaymentStatusRules.RefundableMinor(state), command.Reason, clock.UtcNow),
        state => RefundRefusal(state, command));

    public Task<CommandOutcome> MarkPaidElsewhereAsync(PaidElsewhere command) => CommandAsync(
        state => state.PayElsewhere(clock.UtcNow),
        state => state.PaidElsewhereAt is not null ? null : $"A payment that is {state.Status.Name()} cannot be paid elsewhere.");

    public async Task<CommandOutcome> ReportAsync(ProviderFact fact)
    {
        if (saved.MergedInto is { } other)
        {
            return await GrainFactory.GetGrain<IPaymentGrain>(other).ReportAsync(fact);
        }

        if (!saved.IsSubmitted && !PaymentTransitions.CanOpen(fact))
        {
            return new CommandOutcome { Result = CommandResult.NotFound, Reason = "The payment that this is about has not been heard of." };
        }

        var before = saved;
        var told = await TellOthersAsync(state => state.Apply(PaymentId, fact, clock.UtcNow));
        Drive();
        return new CommandOutcome { Result = told == before ? CommandResult.AlreadyDone : CommandResult.Done, Payment = saved.ToView() };
    }

    public async Task CardUpdatedAsync(string cardId)
    {
        await SaveAsync(state => state.CustomerAnswered());
        Drive();
    }

    public async Task MergeIntoAsync(string paymentId)
    {
        if (!saved.IsSubmitted || paymentId == PaymentId)
        {
            return;
        }

        await SaveAsync(state => state.MergeInto(paymentId, clock.UtcNow));
        Drive();
    }

    public Task<IReadOnlyList<OutboxEvent>> GetOutboxAsync() => Task.FromResult(saved.Outbox);

    public async Task ResumeAsync()
    {
        if (!saved.IsSubmitted)
        {
            return;
        }

        // The workflow is late: whether it still runs is not known here, and starting it again is harmless.
        if (saved.AttentionAt <= time.GetUtcNow())
        {
            recoveryStarted = false;
            await SaveAsync(state => state with { AttentionAt = null });
        }

        Drive();
        outbox.Start();
    }

    private async Task<CommandOutcome> CommandAsync(Func<PaymentState, PaymentState> transition, Func<PaymentState, string?> refusal)
    {
        if (!saved.IsSubmitted)
        {
            return new CommandOutcome { Result = CommandResult.NotFound };
        }

        var before = saved;
        var done = false;
        await SaveAsync(state =>
        {
            before = state;
            var after = transition(state);
            done = !ReferenceEquals(after, state);
            return after;
        });
        Drive();
        var reason = done ? null : refusal(before);
        var result = done ? CommandResult.Done : reason is null ? CommandResult.AlreadyDone : CommandResult.Refused;
        return new CommandOutcome { Result = result, Payment = saved.ToView(), Reason = reason };
    }

    private SubmitOutcome Repeated(SubmitPayment command)
    {
        var differs = SubmitComparison.Differences(saved.Command!, command);
        return differs.Count == 0
            ? new SubmitOutcome { Result = SubmitResult.AlreadySubmitted, Payment = saved.ToView() }
            : new SubmitOutcome { Result = SubmitResult.Conflict, Differs = differs };
    }

    private static string? RefundRefusal(PaymentState state, RefundPayment command)
    {
        if (state.Refunds.FirstOrDefault(refund => refund.IdempotencyKey == command.IdempotencyKey) is { } known)
        {
            return command.AmountMinor is null || command.AmountMinor == known.AmountMinor
                ? null
                : $"This Idempotency-Key refunded {known.AmountMinor} before; use another key for another refund.";
        }

        var left = PaymentStatusRules.RefundableMinor(state);
        return state.Status == PaymentStatus.Disputed ? "A disputed payment cannot be refunded: the network decides where the money goes."
            : left == 0 ? $"Nothing is left to refund; the payment is {state.Status.Name()}."
            : $"At most {left} {state.Command!.Currency} (minor units) are left to refund.";
    }

    /// <summary>The one way to change the payment. Memory follows storage: the new state is seen only when it is on disk.</summary>
    private async Task<PaymentState> SaveAsync(Func<PaymentState, PaymentState> transition)
    {
        await saving.WaitAsync();
        try
        {
            var next = transition(saved);
            if (ReferenceEquals(next, saved))
            {
                return saved;
            }

            next = next with { Outbox = outbox.Unpublished(next.Outbox) };
            store.State = next with { AttentionAt = PaymentAttention.Of(next, clock, time.GetUtcNow()) };
            await store.WriteStateAsync();
            CountEnd(saved, next);
            saved = store.State;
        }
        catch (Exception exception)
        {
            // Whether the write reached the disk is not known: the next activation reads what did.
            store.State = saved;
            LogSaveFailed(exception, PaymentId);
            DeactivateOnIdle();
            throw;
        }
        finally
        {
            saving.Release();
        }

        var waiters = changed;
        changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        waiters.SetResult();
        outbox.Start();
        return saved;
    }

    /// <summary>
    /// What was published leaves the state with the next write. A recovery writes its next decision in a moment; for a payment that has nothing more to do,
    /// this is the next write.
    /// </summary>
    private Task SettleOutboxAsync() =>
        saved.Status == PaymentStatus.Recovering || PaymentNextStep.Of(saved, clock.UtcNow, recoveryStarted) is not null
            ? Task.CompletedTask
            : SaveAsync(state => state.Outbox.Count > 0 ? state with { } : state);

    private static void CountEnd(PaymentState before, PaymentState after)
    {
        if ((before.IsOpen || !before.IsSubmitted) && !after.IsOpen)
        {
            PaymentMetrics.Ended.Add(1, new KeyValuePair<string, object?>("status", after.Status.Name()));
        }
    }

    private async Task<bool> WaitUntilAsync(Func<PaymentState, bool> condition, TimeSpan patience)
    {
        var until = time.GetTimestamp() + (long)(patience.TotalSeconds * time.TimestampFrequency);
        while (!condition(saved))
        {
            var left = time.GetElapsedTime(time.GetTimestamp(), until);
            if (left <= TimeSpan.Zero)
            {
                return false;
            }

            try
            {
                await changed.Task.WaitAsync(left, time);
            }
            catch (TimeoutException)
            {
                return condition(saved);
            }
        }

        return true;
    }

    [LoggerMessage(1001, LogLevel.Error, "Payment {PaymentId} could not be saved; it is read again from storage")]
    private partial void LogSaveFailed(Exception exception, string paymentId);
}
