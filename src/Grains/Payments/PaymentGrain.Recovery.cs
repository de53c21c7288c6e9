using Recoup.Cards;
using Recoup.Customers;
using Recoup.Gateways;
using Recoup.Strategy;

namespace Recoup.Payments;

/// <summary>What the recovery workflow asks for. The workflow owns the waiting; everything that it learns is on disk here first.</summary>
public sealed partial class PaymentGrain
{
    /// <summary>Wall time that a call waits for the gateway; the activity then asks again.</summary>
    private static readonly TimeSpan ResultPatience = TimeSpan.FromSeconds(12);

    public async Task<RecoveryStep> DecideAsync(int number)
    {
        recoveryStarted = true;
        if (saved.Status != PaymentStatus.Recovering)
        {
            return Stop();
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, saved.Decisions.Count + 1);
        if (number == saved.Decisions.Count + 1)
        {
            await DecideNextAsync(number);
        }

        var step = StepOf(number);
        if (step.Action == RecoveryAction.AwaitCustomer)
        {
            await AskCustomerAsync(number);
        }

        return step;
    }

    public async Task<RecoveryStep> AttemptAsync(int number)
    {
        var step = StepOf(number);
        if (step.Action != RecoveryAction.Attempt)
        {
            return step;
        }

        if (saved.Attempts.All(attempt => attempt.Decision != number))
        {
            if (step.Wait > TimeSpan.Zero)
            {
                // The clock's scale was changed while the workflow waited: business time is not there yet.
                return step;
            }

            await BeginRetryAsync(number);
        }

        Drive();
        if (!await WaitUntilAsync(state => state.PendingAttempt is null, ResultPatience))
        {
            throw new TimeoutException($"The gateway has not said what became of payment {PaymentId}; it is asked by key.");
        }

        return StepOf(number);
    }

    public async Task<RecoveryStep> FinishAsync(string failureCode)
    {
        if (!await WaitUntilAsync(state => state.PendingAttempt is null, ResultPatience))
        {
            throw new TimeoutException($"Payment {PaymentId} has an attempt at the gateway.");
        }

        await TellOthersAsync(state => state.Fail(failureCode, clock.UtcNow));
        Drive();
        return Stop();
    }

    private async Task DecideNextAsync(int number)
    {
        var context = await RetryContextAsync();
        var decision = await GrainFactory.FindWorker<IRetryStrategyGrain>().DecideAsync(context);
        await SaveAsync(state => state.Decide(number, decision));
        PaymentMetrics.Decisions.Add(1, new KeyValuePair<string, object?>("method", decision.Method.ToString()));
    }

    private async Task<RetryContext> RetryContextAsync()
    {
        var command = saved.Command!;
        var decline = saved.LastDecline!;
        var facts = await GrainFactory.Find<ICustomerGrain>(command.CustomerId).GetRecoveryFactsAsync(command.Currency);
        var cardId = decline.CardId ?? command.CardId;
        var backups = facts.Cards.Where(card => card.CardId != cardId).ToArray();
        HashSet<string> dead = [];
        DateTimeOffset? notBefore = null;
        foreach (var card in backups.Select(card => (card.CardId, card.CardNetwork)).Append((cardId!, decline.CardNetwork)).Where(card => card.Item1 is not null))
        {
            var answer = await PreviewAsync(card.Item1, card.Item2);
            if (answer is { Granted: false, EarliestAt: null })
            {
                dead.Add(card.Item1);
            }

            notBefore = card.Item1 == cardId ? answer.EarliestAt : notBefore;
        }

        return new RetryContext
        {
            PaymentId = PaymentId,
            MerchantId = command.MerchantId,
            AmountMinor = command.AmountMinor,
            Currency = command.Currency,
            Now = clock.UtcNow,
            LastDecline = ToDecline(decline, saved.CountsFrom(decline)),
            FirstDeclineAt = saved.Attempts.Where(attempt => attempt.Outcome == AttemptOutcome.Declined).Min(saved.CountsFrom),
            Retries = saved.Attempts.Count - 1,
            CardId = cardId,
            CardNetwork = decline.CardNetwork ?? command.CardNetwork,
            CardCountry = decline.CardCountry ?? command.CardCountry,
            BackupCards = [.. backups.Select(card => card.CardId).Where(card => !dead.Contains(card))],
            DeadCards = [.. dead],
            Customer = facts.Customer,
            IsSubscription = command.SubscriptionId is not null,
            CardNotBefore = notBefore,
            CustomerAnswered = saved.Decisions is [.., { Answered: true }],
            Arm = facts.Arm,
            AgreementStopped = saved.Attempts.Any(StopsAgreement),
            Provider = saved.Provider,
        };
    }

    private bool StopsAgreement(Attempt attempt) => attempt.Outcome == AttemptOutcome.Declined && DeclineRules
        .Read(ToDecline(attempt, attempt.At), attempt.CardNetwork, attempt.CardCountry, clock.UtcNow, packs).StopsAgreement;

    private Task<BudgetAnswer> PreviewAsync(string cardId, string? cardNetwork) => GrainFactory.Find<ICardGrain>(cardId)
        .PreviewAsync(PaymentConsequences.Reservation(saved, saved.NextAttemptNumber(), cardNetwork, clock.UtcNow) with { InitiatedBy = Initiator.Merchant });

    private async Task BeginRetryAsync(int number)
    {
        var decision = saved.Decisions[number - 1].Chosen;
        if (decision.LookUpFirst && await FindCollectedAsync() is { } collected)
        {
            await TellOthersAsync(state => state.Apply(PaymentId, collected, clock.UtcNow));
            return;
        }

        var cardId = decision.CardId ?? saved.Command!.CardId;
        var card = await CardAsync(cardId);
        if (cardId is not null)
        {
            var reservation = PaymentConsequences.Reservation(saved, saved.NextAttemptNumber(), card.CardNetwork, clock.UtcNow);
            var answer = await GrainFactory.Find<ICardGrain>(cardId).ReserveAsync(reservation);
            if (!answer.Granted)
            {
                await SaveAsync(state => state.Deny(number, answer.RuleId ?? "card_budget"));
                return;
            }
        }

        var isBegun = false;
        await SaveAsync(state =>
        {
            var begun = state.BeginAttempt(number, cardId, card.CardNetwork, card.CardCountry, clock.UtcNow);
            isBegun = !ReferenceEquals(begun, state);
            return begun;
        });
        unsentAttempt = isBegun ? saved.PendingAttempt!.Number : unsentAttempt;
    }

    /// <summary>An earlier charge of ours that did collect, although its answer said otherwise: the issuer sees a duplicate.</summary>
    private async Task<ChargeReported?> FindCollectedAsync()
    {
        foreach (var attempt in saved.Attempts.Where(attempt => attempt.IsOurs))
        {
            var charge = await WithinTimeoutAsync(token => LookUpAsync(attempt, token));
            if (charge is { Succeeded: true })
            {
                return new ChargeReported
                {
                    SourceEvent = $"lookup:{PaymentIds.ChargeKey(PaymentId, attempt.Number)}",
                    Provider = saved.Provider,
                    OccurredAt = charge.At,
                    ChargeId = charge.ChargeId,
                    Succeeded = true,
                    Payment = saved.Command!,
                    IdempotencyKey = PaymentIds.ChargeKey(PaymentId, attempt.Number),
                };
            }
        }

        return null;
    }

    private async Task<CustomerCard> CardAsync(string? cardId)
    {
        var command = saved.Command!;
        var declined = saved.Attempts.LastOrDefault(attempt => attempt.CardId == cardId);
        if (cardId is null || cardId == command.CardId || declined is not null)
        {
            return new CustomerCard
            {
                CardId = cardId ?? "",
                CardNetwork = declined?.CardNetwork ?? command.CardNetwork,
                CardCountry = declined?.CardCountry ?? command.CardCountry,
            };
        }

        var facts = await GrainFactory.Find<ICustomerGrain>(command.CustomerId).GetRecoveryFactsAsync(command.Currency);
        return facts.Cards.FirstOrDefault(card => card.CardId == cardId) ?? new CustomerCard { CardId = cardId };
    }

    /// <summary>Asks once, however often this runs; the card is watched before the message goes out, so that no answer is missed.</summary>
    private async Task AskCustomerAsync(int number)
    {
        var decision = saved.Decisions[number - 1].Chosen;
        var cardId = saved.LastDecline?.CardId ?? saved.Command!.CardId;
        if (cardId is not null)
        {
            await GrainFactory.Find<ICardGrain>(cardId).AwaitUpdateAsync(PaymentId);
        }

        await messenger.SendAsync(new CustomerMessage
        {
            MessageId = $"{PaymentId}:message:{number}",
            PaymentId = PaymentId,
            CustomerId = saved.Command!.CustomerId,
            CardId = cardId,
            Method = decision.Method,
        }, stopping.Token);
    }

    /// <summary>What decision <paramref name="number"/> means now, from what is on disk.</summary>
    private RecoveryStep StepOf(int number)
    {
        if (saved.Status != PaymentStatus.Recovering)
        {
            return Stop();
        }

        if (number > saved.Decisions.Count)
        {
            return Step(RecoveryAction.Decide, $"decision {number}");
        }

        var (decision, attempt) = (saved.Decisions[number - 1], saved.Attempts.FirstOrDefault(attempt => attempt.Decision == number));
        if (attempt is { Outcome: not AttemptOutcome.Pending })
        {
            return Step(RecoveryAction.Decide, $"attempt {attempt.Number} was declined: {attempt.FailureCode}");
        }

        if (number < saved.Decisions.Count || decision.DeniedBy is not null || decision.Answered)
        {
            return Step(RecoveryAction.Decide, decision.DeniedBy is { } rule ? $"denied by {rule}" : "the customer answered");
        }

        var chosen = decision.Chosen;
        return chosen.Method == RecoveryMethod.GiveUp ? Step(RecoveryAction.GiveUp, chosen.Reason) with { FailureCode = chosen.IsExhausted ? "recovery_exhausted" : saved.LastDecline?.FailureCode }
            : chosen.AwaitsCustomer ? Step(RecoveryAction.AwaitCustomer, $"{chosen.Method.Name()}: {chosen.Reason}", chosen.WaitUntil ?? chosen.AttemptAt)
            : Step(RecoveryAction.Attempt, $"attempt {attempt?.Number ?? saved.NextAttemptNumber()} by {chosen.Method.Name()}: {chosen.Reason}", chosen.AttemptAt);
    }

    private RecoveryStep Stop() => Step(RecoveryAction.Stop, $"the payment is {saved.Status.Name()}");

    private RecoveryStep Step(RecoveryAction action, string summary, DateTimeOffset? until = null)
    {
        var left = until - clock.UtcNow;
        return new RecoveryStep
        {
            Action = action,
            Wait = left > TimeSpan.Zero ? clock.ToWall(left.Value) : TimeSpan.Zero,
            Until = until,
            Summary = summary,
            Status = saved.Status,
            FailureCode = saved.EndCode ?? saved.LastDecline?.FailureCode,
        };
    }

    private static Decline ToDecline(Attempt attempt, DateTimeOffset at) => new()
    {
        At = at,
        FailureCode = attempt.FailureCode ?? "card_declined",
        DeclineCode = attempt.DeclineCode,
        NetworkCode = attempt.NetworkCode,
        AdviceCode = attempt.AdviceCode,
    };
}
