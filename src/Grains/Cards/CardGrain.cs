using Microsoft.Extensions.Logging;
using Recoup.Clock;
using Recoup.Payments;
using Recoup.Strategy;

namespace Recoup.Cards;

/// <summary>
/// Owns one card's retry budget at each merchant; the key is the card id.
/// A reservation is on disk before it is granted, with one exception: while a card has no decline in its windows, a few first attempts are granted in
/// memory. A crash can lose them, and that is harmless: the payment has written its attempt ahead, so it asks again or reports the result, which counts
/// then; no limit is nearer than 10 declines; and at most <see cref="UnsavedMax"/> are in memory at a time. So a payment that succeeds at once costs no write here.
/// </summary>
public sealed partial class CardGrain(
    [PersistentState("card", "recoup")] IPersistentState<CardState> store,
    RulePacks packs,
    IBusinessClock businessClock,
    TimeProvider clock,
    ILogger<CardGrain> logger) : Grain, ICardGrain, ICardCalls
{
    private const int UnsavedMax = 3;
    private static readonly TimeSpan CallAgainAfter = TimeSpan.FromSeconds(30);

    private readonly HashSet<(string PaymentId, int Attempt)> unsaved = [];
    private bool isCalling;

    private string CardId => this.GetPrimaryKeyString();

    public async Task<BudgetAnswer> ReserveAsync(AttemptReservation reservation)
    {
        var pack = packs.Network(reservation.CardNetwork, reservation.At);
        var budget = store.State.Merchant(reservation.MerchantId).Prune(reservation.At);
        var key = (reservation.PaymentId, reservation.Attempt);
        if (unsaved.Contains(key) || budget.Find(reservation.PaymentId, reservation.Attempt) is not null)
        {
            return new BudgetAnswer { Granted = true, RulePack = pack.Edition };
        }

        var answer = CardBudget.Ask(budget, reservation, pack);
        if (!answer.Granted)
        {
            LogDenied(CardId, reservation.PaymentId, reservation.Attempt, answer.RuleId!, answer.EarliestAt);
            return answer;
        }

        if (budget.IsEmpty && reservation.Attempt == 1 && unsaved.Count < UnsavedMax)
        {
            unsaved.Add(key);
            return answer;
        }

        await SaveAsync(store.State.With(budget).Reserve(reservation));
        return answer;
    }

    public async Task ReportAsync(AttemptReport report)
    {
        var reservation = report.Attempt;
        var budget = store.State.Merchant(reservation.MerchantId).Prune(reservation.At);
        var known = store.State.Merchant(reservation.MerchantId).Find(reservation.PaymentId, reservation.Attempt);
        if (known?.Succeeded is null && !(report.Succeeded && budget.IsEmpty))
        {
            await SaveAsync(store.State.Settle(report, packs));
        }

        unsaved.Remove((reservation.PaymentId, reservation.Attempt));
    }

    public Task<BudgetAnswer> PreviewAsync(AttemptReservation reservation) => Task.FromResult(CardBudget.Ask(
        store.State.Merchant(reservation.MerchantId).Prune(reservation.At),
        reservation,
        packs.Network(reservation.CardNetwork, reservation.At)));

    public async Task AwaitUpdateAsync(string paymentId)
    {
        var next = store.State.AwaitUpdate(paymentId);
        if (next != store.State)
        {
            await SaveAsync(next);
        }
    }

    public async Task UpdatedAsync()
    {
        await SaveAsync(store.State.Updated(businessClock.UtcNow, clock.GetUtcNow()));
        LogUpdated(CardId, store.State.CallsDue.Count);
        StartCalls();
    }

    public Task ResumeAsync()
    {
        StartCalls();
        return Task.CompletedTask;
    }

    public async Task CalledAsync(IReadOnlyList<string> payments)
    {
        await SaveAsync(store.State.Called(payments, clock.GetUtcNow() + CallAgainAfter));
    }

    public Task<CardView> GetAsync() => Task.FromResult(CardViews.Of(CardId, store.State, packs, businessClock.UtcNow));

    /// <summary>Not awaited by the turn: a waiting payment may at this moment be asking this card, and the two would wait for each other.</summary>
    private void StartCalls()
    {
        if (!isCalling && store.State.CallsDue.Count > 0)
        {
            isCalling = true;
            CallWaitingAsync(store.State.CallsDue).Ignore();
        }
    }

    private async Task CallWaitingAsync(IReadOnlyList<string> payments)
    {
        var called = new List<string>();
        foreach (var paymentId in payments)
        {
            try
            {
                await GrainFactory.GetGrain<IPaymentGrain>(paymentId).CardUpdatedAsync(CardId);
                called.Add(paymentId);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // It stays due: the attention sweep comes back to it.
                LogCallFailed(CardId, paymentId, e);
            }
        }

        try
        {
            // Through the front door, so that the state is changed in a turn of its own.
            await this.AsReference<ICardCalls>().CalledAsync(called);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // What stays due is called again, and a payment that is told twice goes on once.
            LogNotSaved(CardId, e);
        }
        finally
        {
            isCalling = false;
        }
    }

    private async Task SaveAsync(CardState next)
    {
        var before = store.State;
        store.State = next;
        try
        {
            await store.WriteStateAsync();
        }
        catch
        {
            store.State = before;
            throw;
        }
    }

    [LoggerMessage(2100, LogLevel.Information, "Card {CardId}: attempt {Attempt} of {PaymentId} denied by {RuleId}, earliest {EarliestAt}")]
    private partial void LogDenied(string cardId, string paymentId, int attempt, string ruleId, DateTimeOffset? earliestAt);

    [LoggerMessage(2101, LogLevel.Information, "Card {CardId} was updated; {Count} payments waited for it")]
    private partial void LogUpdated(string cardId, int count);

    [LoggerMessage(2102, LogLevel.Warning, "Card {CardId}: payment {PaymentId} could not be told of the update; it will be called again")]
    private partial void LogCallFailed(string cardId, string paymentId, Exception exception);

    [LoggerMessage(2103, LogLevel.Warning, "Card {CardId}: that the waiting payments were told could not be saved; they will be called again")]
    private partial void LogNotSaved(string cardId, Exception exception);
}
