using Microsoft.Extensions.Logging;
using Recoup.Payments;

namespace Recoup.Webhooks;

/// <inheritdoc cref="IPaymentIdentityGrain"/>
public sealed partial class PaymentIdentityGrain(
    [PersistentState("payment_identity", "recoup")] IPersistentState<PaymentIdentityState> store,
    TimeProvider time,
    ILogger<PaymentIdentityGrain> logger) : Grain, IPaymentIdentityGrain
{
    /// <summary>Wall time after which what was not finished is looked at again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private string PaymentId => this.GetPrimaryKeyString();

    private DateTimeOffset Later => time.GetUtcNow() + Patience;

    private IPaymentGrain Payment => GrainFactory.GetGrain<IPaymentGrain>(PaymentId);

    public async Task<PaymentIdentity> EnsureAsync(DateTimeOffset namedAt, bool isOwn)
    {
        if (store.State.NamedAt is null)
        {
            await store.SaveAsync(store.State with { NamedAt = isOwn ? DateTimeOffset.MinValue : namedAt, IsOwn = isOwn });
        }

        return View();
    }

    public async Task<PaymentIdentity> JoinAsync(string olderPaymentId)
    {
        if (store.State.JoinedTo is null)
        {
            await store.SaveAsync((store.State with { JoinedTo = olderPaymentId }).AllDue(Later));
            LogJoined(PaymentId, olderPaymentId);
            await ResumeAsync();
        }

        return View();
    }

    public Task<ReportAnswer> ReportAsync(string inboxKey, IReadOnlyList<ProviderFact> facts) => ReportAsync(inboxKey, async () =>
    {
        var outcomes = new List<CommandOutcome>(facts.Count);
        foreach (var fact in facts)
        {
            outcomes.Add(await Payment.ReportAsync(fact));
        }

        return outcomes;
    });

    public Task<ReportAnswer> ReportPaidAsync(string inboxKey, PaidElsewhere paid) => ReportAsync(inboxKey, async () =>
    {
        var outcome = await Payment.MarkPaidElsewhereAsync(paid);

        // A closed payment refuses it for good: there is nothing to wait for.
        return [outcome.Result == CommandResult.Refused ? outcome with { Result = CommandResult.AlreadyDone } : outcome];
    });

    public async Task ForgetAsync(string inboxKey)
    {
        if (store.State.Knows(inboxKey))
        {
            await store.SaveAsync(store.State.Forget(inboxKey, Later));
        }
    }

    /// <inheritdoc/>
    public async Task ResumeAsync()
    {
        if (store.State is { JoinedTo: { } older, IsToldOfJoin: false })
        {
            await Payment.MergeIntoAsync(older);
            await store.SaveAsync((store.State with { IsToldOfJoin = true }).WithAttention(Later));
        }
        else if (store.State.AttentionAt is not null)
        {
            await store.SaveAsync(store.State.WithAttention(Later));
        }

        WakeDue();
    }

    private async Task<ReportAnswer> ReportAsync(string inboxKey, Func<Task<IReadOnlyList<CommandOutcome>>> report)
    {
        if (store.State.JoinedTo is { } older)
        {
            return new ReportAnswer { Result = ReportResult.Joined, JoinedTo = older };
        }

        var before = store.State;
        if (before.OthersWait(inboxKey))
        {
            // Written ahead: if this process ends after the payment has moved, those that wait for it are woken all the same.
            await store.SaveAsync(before.AllDue(Later));
        }

        var outcomes = await report();
        var hasMoved = outcomes.Any(outcome => outcome.Result == CommandResult.Done);
        var held = outcomes.FirstOrDefault(outcome => outcome.Result is CommandResult.NotFound or CommandResult.Refused);
        var next = hasMoved ? store.State : before;
        next = held is null ? next.Forget(inboxKey, Later) : next.Wait(inboxKey, Later);
        if (held is not null || before.Waiting.Count > 0 || before.Due.Count > 0)
        {
            await store.SaveAsync(next);
        }

        WakeDue();
        return held is null
            ? new ReportAnswer { Result = ReportResult.Taken }
            : new ReportAnswer { Result = ReportResult.Waiting, Reason = ReasonOf(held) };
    }

    private void WakeDue()
    {
        foreach (var inboxKey in store.State.Due)
        {
            // One-way: a lost call is made again when attention is due.
            GrainFactory.GetGrain<IWebhookInboxGrain>(inboxKey).WakeAsync(PaymentId).Ignore();
        }
    }

    private PaymentIdentity View() => new()
    {
        PaymentId = PaymentId,
        NamedAt = store.State.NamedAt ?? throw new InvalidOperationException($"{PaymentId} has no identity yet."),
        IsOwn = store.State.IsOwn,
        JoinedTo = store.State.JoinedTo,
    };

    private static string ReasonOf(CommandOutcome held) => held.Result == CommandResult.NotFound
        ? "no payment is known yet: it waits for the event that opens one"
        : held.Reason ?? "the payment cannot take it in its present state";

    [LoggerMessage(6301, LogLevel.Information, "Payment {PaymentId} turned out to be payment {OlderPaymentId}; it is joined to it")]
    private partial void LogJoined(string paymentId, string olderPaymentId);
}
