using Microsoft.Extensions.Logging;
using Recoup.Amounts;
using Recoup.Cards;
using Recoup.Customers;
using Recoup.Fraud;
using Recoup.Gateways;
using Recoup.Recovery;

namespace Recoup.Payments;

/// <summary>What a payment does by itself: one step after another, each decided from what is on disk, until nothing is left to do.</summary>
public sealed partial class PaymentGrain
{
    private readonly CancellationTokenSource stopping = new();

    /// <summary>The attempt that this activation wrote ahead and has not sent yet: the only one that need not be looked up first.</summary>
    private int unsentAttempt;
    private bool recoveryStarted;
    private bool isDriving;

    private TimeSpan FirstPause => options.Value.RetryPauseMax / 150;

    /// <summary>Starts the work unless it is under way. It ends by itself; a crash in the middle is found by the sweep.</summary>
    private void Drive()
    {
        if (!isDriving)
        {
            isDriving = true;
            _ = DriveAsync();
        }
    }

    private async Task DriveAsync()
    {
        var pause = FirstPause;
        try
        {
            while (!stopping.IsCancellationRequested && PaymentNextStep.Of(saved, clock.UtcNow, recoveryStarted || saved.Decisions.Count > 0) is { } step)
            {
                try
                {
                    await TakeAsync(step);
                    pause = FirstPause;
                }
                catch (GatewayException exception)
                {
                    LogGatewayUnknown(PaymentId, exception.Message);
                    pause = await PauseAsync(exception.RetryAfter ?? pause);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    LogStepFailed(exception, PaymentId, step.GetType().Name);
                    pause = await PauseAsync(pause);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The activation is closing; what is left is on disk, and the sweep finds it.
        }
        finally
        {
            isDriving = false;
        }
    }

    private async Task<TimeSpan> PauseAsync(TimeSpan pause)
    {
        await Task.Delay(pause, time, stopping.Token);
        var longer = pause * 2;
        return longer < options.Value.RetryPauseMax ? longer : options.Value.RetryPauseMax;
    }

    private Task TakeAsync(PaymentNextStep step) => step switch
    {
        PaymentNextStep.CheckFraud or PaymentNextStep.BeginFirstAttempt => BeginFirstAttemptAsync(),
        PaymentNextStep.ResolveAttempt resolve => ResolveAsync(resolve.Attempt),
        PaymentNextStep.GiveBack giveBack => GiveBackAsync(giveBack.Refund),
        PaymentNextStep.ForwardToMerged forward => ForwardAsync(forward.PaymentId),
        PaymentNextStep.TellWorkflow tell => TellWorkflowAsync(tell.Signal),
        PaymentNextStep.StartRecovery { IsOverdue: true } => TellOthersAsync(state => state.Fail("recovery_exhausted", clock.UtcNow)),
        PaymentNextStep.StartRecovery => StartRecoveryAsync(),
        _ => throw new ArgumentException($"{step.GetType().Name} is not known.", nameof(step)),
    };

    /// <summary>Fraud check, card budget and the first attempt's write-ahead in one go, so that the submission needs a single write.</summary>
    private async Task<PaymentState> PrepareFirstAttemptAsync(PaymentState submitted)
    {
        try
        {
            var command = submitted.Command!;
            var verdict = submitted.Fraud
                ?? await GrainFactory.FindWorker<IFraudCheckGrain>().CheckAsync(command, clock.UtcNow);
            var judged = submitted.Judge(verdict, clock.UtcNow);
            if (judged.Status == PaymentStatus.Blocked)
            {
                await TellAsync(submitted, judged, []);
                return judged;
            }

            if (command.CardId is not null)
            {
                var reservation = PaymentConsequences.Reservation(judged, 1, command.CardNetwork, clock.UtcNow);
                var answer = await GrainFactory.Find<ICardGrain>(command.CardId).ReserveAsync(reservation);
                if (!answer.Granted)
                {
                    return judged.DeclineUnattempted(command.CardId, command.CardNetwork, command.CardCountry, clock.UtcNow);
                }
            }

            return judged.BeginAttempt(0, command.CardId, command.CardNetwork, command.CardCountry, clock.UtcNow);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The payment is taken in all the same; the check and the attempt follow by themselves.
            LogStepFailed(exception, PaymentId, nameof(PrepareFirstAttemptAsync));
            return submitted;
        }
    }

    private async Task BeginFirstAttemptAsync()
    {
        var submitted = saved;
        var prepared = await PrepareFirstAttemptAsync(submitted);
        if (ReferenceEquals(prepared, submitted))
        {
            throw new InvalidOperationException("The first attempt could not be prepared.");
        }

        // Whatever happened in between (a cancel, a provider's fact) outranks what was prepared.
        var isTaken = false;
        await SaveAsync(state => (isTaken = ReferenceEquals(state, submitted)) ? prepared : state);
        unsentAttempt = isTaken && saved.PendingAttempt is not null ? 1 : 0;
    }

    /// <summary>Charges, or finds out what an earlier call came to. A call whose result is unknown is never repeated blindly.</summary>
    private async Task ResolveAsync(Attempt attempt)
    {
        var isUnsent = unsentAttempt == attempt.Number;
        unsentAttempt = 0;
        var charge = await WithinTimeoutAsync(async token =>
            (isUnsent ? null : await LookUpAsync(attempt, token)) ?? await gateway.ChargeAsync(Request(attempt), token));
        await TellOthersAsync(state => state.ResolveAttempt(attempt.Number, charge, clock.UtcNow));
        PaymentMetrics.Attempts.Add(1, new("outcome", charge.Succeeded ? "succeeded" : "declined"), new("retry", attempt.Decision > 0));
    }

    /// <summary>A gateway that does not answer in time is one whose answer is not known.</summary>
    private async Task<T> WithinTimeoutAsync<T>(Func<CancellationToken, Task<T>> call)
    {
        using var timeout = new CancellationTokenSource(options.Value.GatewayTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token, timeout.Token);
        try
        {
            return await call(either.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            throw new GatewayException($"No answer within {options.Value.GatewayTimeout}.");
        }
    }

    private Task<GatewayCharge?> LookUpAsync(Attempt attempt, CancellationToken cancellationToken)
    {
        PaymentMetrics.LookedUp.Add(1);
        return gateway.FindChargeAsync(saved.Provider, PaymentIds.ChargeKey(PaymentId, attempt.Number), cancellationToken);
    }

    private ChargeRequest Request(Attempt attempt)
    {
        var command = saved.Command!;
        return new ChargeRequest
        {
            IdempotencyKey = PaymentIds.ChargeKey(PaymentId, attempt.Number),
            Provider = saved.Provider,
            PaymentId = PaymentId,
            Attempt = attempt.Number,
            CustomerId = command.CustomerId,
            MerchantId = command.MerchantId,
            AmountMinor = command.AmountMinor,
            Currency = command.Currency,
            CardId = attempt.CardId,
            CardNetwork = attempt.CardNetwork,
            CardCountry = attempt.CardCountry,
            InitiatedBy = attempt.Decision == 0 ? command.InitiatedBy : Initiator.Merchant,
        };
    }

    private async Task GiveBackAsync(Refund refund)
    {
        var request = new RefundRequest
        {
            IdempotencyKey = PaymentIds.RefundKey(PaymentId, refund.Number),
            Provider = saved.Provider,
            PaymentId = PaymentId,
            ChargeId = refund.ChargeId!,
            AmountMinor = refund.AmountMinor,
            Currency = saved.Command!.Currency,
            Reason = refund.Reason ?? "requested_by_customer",
        };
        var answer = await WithinTimeoutAsync(token => gateway.RefundAsync(request, token));
        await TellOthersAsync(state => state.ResolveRefund(refund.Number, answer, clock.UtcNow));
    }

    private async Task StartRecoveryAsync()
    {
        await recovery.StartAsync(new RecoveryStart
        {
            PaymentId = PaymentId,
            CustomerId = saved.Command!.CustomerId,
            FailureCode = saved.LastDecline?.FailureCode ?? "card_declined",
            Amount = new Money(saved.Command.AmountMinor, saved.Command.Currency).ToString(),
        }, stopping.Token);
        recoveryStarted = true;
    }

    private async Task TellWorkflowAsync(RecoverySignal signal)
    {
        await recovery.SignalAsync(PaymentId, signal, stopping.Token);
        await SaveAsync(state => state.SignalDelivered(signal));
    }

    /// <summary>Hands what is known here to the payment that this one turned out to be. Facts carry ids, so telling them twice is harmless.</summary>
    private async Task ForwardAsync(string other)
    {
        var target = GrainFactory.GetGrain<IPaymentGrain>(other);
        foreach (var fact in PaymentMerge.Facts(saved))
        {
            await target.ReportAsync(fact);
        }

        await SaveAsync(state => state.Forwarded());
    }

    /// <summary>Tells customer and cards what a change means, then saves it: a crash in between tells them again, and they know it already.</summary>
    private async Task<PaymentState> TellOthersAsync(Func<PaymentState, PaymentState> transition)
    {
        HashSet<string> told = [];
        await TellAsync(saved, transition(saved), told);
        var before = saved;
        var after = await SaveAsync(state =>
        {
            before = state;
            return transition(state);
        });

        // The payment may have moved while they were told.
        await TellAsync(before, after, told);
        return after;
    }

    private async Task TellAsync(PaymentState before, PaymentState after, HashSet<string> told)
    {
        if (ReferenceEquals(before, after) || !after.IsSubmitted)
        {
            return;
        }

        foreach (var (cardId, report) in PaymentConsequences.ForCards(before, after).Where(one => told.Add($"{one.CardId}:{one.Report.Attempt.Attempt}:{one.Report.Succeeded}")))
        {
            await GrainFactory.Find<ICardGrain>(cardId).ReportAsync(report);
        }

        foreach (var outcome in PaymentConsequences.ForCustomer(before, after, clock.UtcNow).Where(outcome => told.Add(outcome.OutcomeId)))
        {
            await GrainFactory.Find<ICustomerGrain>(after.Command!.CustomerId).RecordAsync(outcome);
        }
    }

    [LoggerMessage(1002, LogLevel.Warning, "Payment {PaymentId}: the gateway's answer is not known ({Reason}); it is asked by key")]
    private partial void LogGatewayUnknown(string paymentId, string reason);

    [LoggerMessage(1003, LogLevel.Warning, "Payment {PaymentId}: step {Step} failed and is tried again")]
    private partial void LogStepFailed(Exception exception, string paymentId, string step);
}
