using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Recoup.Amounts;
using Recoup.Clock;
using Recoup.Events;
using Recoup.Payments;
using Recoup.Subscriptions;

namespace Recoup.Customers;

/// <summary>
/// Owns one customer; the key is the customer id. Reentrant, so that outcomes which come in during a write share the next one, and a payment that is being
/// submitted by a renewal can ask for its customer's facts. What that needs is written at <see cref="CoalescedState{T}"/>, and tested.
/// </summary>
[Reentrant]
public sealed partial class CustomerGrain(
    [PersistentState("customer", "recoup")] IPersistentState<CustomerState> store,
    IEventPublisher events,
    IBusinessClock businessClock,
    TimeProvider time,
    IOptions<CustomerOptions> options,
    ILogger<CustomerGrain> logger) : Grain, ICustomerGrain
{
    /// <summary>Wall time that publishing has before the sweep looks.</summary>
    private static readonly TimeSpan PublishingPatience = TimeSpan.FromSeconds(20);

    private CoalescedState<CustomerState> state = null!;
    private Outbox outbox = null!;
    private string arm = HoldoutArm.Treatment;
    private bool isRenewing;

    private string CustomerId => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        state = new CoalescedState<CustomerState>(store);
        arm = HoldoutArm.Of(CustomerId, options.Value.HoldoutShare);
        outbox = new Outbox(events, () => state.Saved.Outbox, SettleOutboxAsync, time, logger);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        outbox.Stop();
        return Task.CompletedTask;
    }

    public Task RecordAsync(PaymentOutcome outcome) => ChangeAsync(current => current.Record(CustomerId, outcome, businessClock.UtcNow));

    public Task<CustomerView> GetAsync() => Task.FromResult(state.Saved.View(CustomerId, arm));

    public Task<RecoveryFacts> GetRecoveryFactsAsync(string currency) => Task.FromResult(state.Saved.RecoveryFacts(currency, arm));

    public Task<RiskFacts> GetRiskFactsAsync(string currency, DateTimeOffset now) => Task.FromResult(state.Saved.RiskFacts(currency, now));

    /// <exception cref="ArgumentException">The time zone is not one of IANA's names.</exception>
    public async Task<CustomerView> PutAsync(CustomerProfile profile)
    {
        if (profile.TimeZone is { } zone && !TimeZones.IsIana(zone))
        {
            throw new ArgumentException($"'{zone}' is no IANA time zone, such as 'America/New_York'.", nameof(profile));
        }

        await ChangeAsync(current => current.Put(profile));
        return state.Saved.View(CustomerId, arm);
    }

    /// <exception cref="ArgumentException">Interval, amount or currency is wrong.</exception>
    public async Task PutSubscriptionAsync(Subscription subscription)
    {
        Check(subscription);
        await ChangeAsync(current => current.PutSubscription(CustomerId, subscription, businessClock.UtcNow));
    }

    public Task<IReadOnlyList<OutboxEvent>> GetOutboxAsync() => Task.FromResult(state.Saved.Outbox);

    /// <summary>Renews what is due and publishes what is left. The payment is submitted first and the period goes on afterwards: a crash in between submits the same payment again.</summary>
    public async Task ResumeAsync()
    {
        if (isRenewing)
        {
            return;
        }

        isRenewing = true;
        try
        {
            while (Due() is { } due)
            {
                await RenewAsync(due);
            }

            // After a change of Clock:Scale the wall time of the next renewal is another one.
            await state.ChangeAsync(current => NextAttentionAt(current) is var at && at != current.AttentionAt ? current with { AttentionAt = at } : current);
            outbox.Start();
        }
        finally
        {
            isRenewing = false;
        }
    }

    private async Task RenewAsync(Subscription subscription)
    {
        var periodEnd = subscription.CurrentPeriodEndAt!.Value;
        // Nothing is charged for a plan that costs nothing, or that ends here.
        if (subscription is { AmountMinor: > 0, CancelAtPeriodEnd: false })
        {
            var key = SubscriptionPayments.IdempotencyKey(subscription, periodEnd);
            var payment = GrainFactory.GetGrain<IPaymentGrain>(PaymentIds.PaymentId(subscription.MerchantId, key));
            var outcome = await payment.SubmitAsync(SubscriptionPayments.Of(CustomerId, subscription), key);
            if (outcome.Result == SubmitResult.Conflict)
            {
                // The plan was changed after a first submit of this renewal: that one stands.
                LogConflict(CustomerId, subscription.SubscriptionId, string.Join(", ", outcome.Differs));
            }
        }

        await ChangeAsync(current => current.Renew(CustomerId, subscription.SubscriptionId, periodEnd, businessClock.UtcNow));
        LogRenewed(CustomerId, subscription.SubscriptionId, periodEnd);
    }

    private Subscription? Due() => state.Saved.Subscriptions.Select(record => record.Subscription)
        .Where(SubscriptionTransitions.IsRenewed)
        .FirstOrDefault(subscription => subscription.CurrentPeriodEndAt <= businessClock.UtcNow);

    /// <summary>Every change sets when the grain must be looked at next, in the same write, and what it has to tell is published after it.</summary>
    private async Task ChangeAsync(Func<CustomerState, CustomerState> change)
    {
        await state.ChangeAsync(current =>
        {
            var next = change(current);
            return ReferenceEquals(next, current) ? current : WithAttention(next with { Outbox = outbox.Unpublished(next.Outbox) });
        });
        outbox.Start();
    }

    private Task SettleOutboxAsync() => state.ChangeAsync(current => outbox.Unpublished(current.Outbox) is var left && left.Count == current.Outbox.Count
        ? current
        : WithAttention(current with { Outbox = left }));

    private CustomerState WithAttention(CustomerState next) => next with { AttentionAt = NextAttentionAt(next) };

    private DateTimeOffset? NextAttentionAt(CustomerState next)
    {
        var renewal = NextRenewalAt(next);
        var publishing = time.GetUtcNow() + PublishingPatience;
        return next.Outbox.Count > 0 && (renewal is null || publishing < renewal) ? publishing : renewal;
    }

    private DateTimeOffset? NextRenewalAt(CustomerState next)
    {
        var earliest = next.Subscriptions.Select(record => record.Subscription)
            .Where(SubscriptionTransitions.IsRenewed)
            .Min(subscription => subscription.CurrentPeriodEndAt);
        return earliest is { } at ? businessClock.ToWall(at) : null;
    }

    private static void Check(Subscription subscription)
    {
        if (!SubscriptionPeriods.IsInterval(subscription.Interval) || subscription.IntervalCount < 1)
        {
            throw new ArgumentException(
                $"Every {subscription.IntervalCount} '{subscription.Interval}' is no interval: a count from 1 of day, week, month or year.", nameof(subscription));
        }

        if (subscription.AmountMinor < 0 || !Currency.IsSupported(subscription.Currency))
        {
            throw new ArgumentException(
                $"{subscription.AmountMinor} {subscription.Currency} is no amount: minor units from 0 of {string.Join(", ", Currency.Supported)}.", nameof(subscription));
        }
    }

    [LoggerMessage(2200, LogLevel.Information, "Customer {CustomerId}: subscription {SubscriptionId} renewed from {PeriodStart}")]
    private partial void LogRenewed(string customerId, string subscriptionId, DateTimeOffset periodStart);

    [LoggerMessage(2201, LogLevel.Warning, "Customer {CustomerId}: renewal of {SubscriptionId} was submitted before with another {Differs}; the first one stands")]
    private partial void LogConflict(string customerId, string subscriptionId, string differs);
}
