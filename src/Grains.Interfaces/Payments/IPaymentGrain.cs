using Recoup.Attention;
using Recoup.Events;

namespace Recoup.Payments;

/// <summary>Owns one payment from submission to its end. The key is the payment id. Every answer tells of what is on disk.</summary>
[Alias("recoup.payment")]
public interface IPaymentGrain : IGrainWithStringKey, IAttentive
{
    /// <summary>Takes the payment in; answers as soon as it is on disk. The first attempt follows by itself.</summary>
    [Alias("submit")]
    Task<SubmitOutcome> SubmitAsync(SubmitPayment command, string idempotencyKey);

    /// <summary>The payment as it is now; null when it was never submitted.</summary>
    [Alias("get")]
    Task<PaymentView?> GetAsync();

    /// <summary>Answers when the first attempt's result is on disk, or after <paramref name="patience"/> (wall time) with the payment as it is then.</summary>
    [Alias("wait-first")]
    Task<PaymentView?> WaitForFirstAttemptAsync(TimeSpan patience);

    [Alias("cancel")]
    Task<CommandOutcome> CancelAsync(string? reason);

    [Alias("refund")]
    Task<CommandOutcome> RefundAsync(RefundPayment command);

    [Alias("paid")]
    Task<CommandOutcome> MarkPaidElsewhereAsync(PaidElsewhere command);

    /// <summary>Applies what a provider said. <see cref="CommandResult.NotFound"/>: no payment is here, and this fact cannot open one.</summary>
    [Alias("report")]
    Task<CommandOutcome> ReportAsync(ProviderFact fact);

    /// <summary>The card of this payment was updated: a recovery that waits for it goes on.</summary>
    [Alias("card-updated")]
    Task CardUpdatedAsync(string cardId);

    /// <summary>This payment turned out to be the same as another one: it ends, and its facts are reported to the other.</summary>
    [Alias("merge")]
    Task MergeIntoAsync(string paymentId);

    /// <summary>Events that are saved and not yet published, oldest first.</summary>
    [Alias("outbox")]
    Task<IReadOnlyList<OutboxEvent>> GetOutboxAsync();
}

/// <summary>What the recovery workflow may ask of a payment. Each call has a number, and repeating it answers as the first did.</summary>
[Alias("recoup.payment-recovery")]
public interface IPaymentRecovery : IGrainWithStringKey
{
    /// <summary>Makes and saves decision <paramref name="number"/> (from 1), or returns it as it was made.</summary>
    [Alias("decide")]
    Task<RecoveryStep> DecideAsync(int number);

    /// <summary>Carries out decision <paramref name="number"/>: reserves the card's budget and charges, once.</summary>
    [Alias("attempt")]
    Task<RecoveryStep> AttemptAsync(int number);

    /// <summary>Ends the recovery of a payment that is still open; a closed one stays as it is.</summary>
    [Alias("finish")]
    Task<RecoveryStep> FinishAsync(string failureCode);
}

/// <summary>What the workflow does next.</summary>
[GenerateSerializer, Immutable, Alias("recoup.recovery-step")]
public sealed record RecoveryStep
{
    [Id(0)] public required RecoveryAction Action { get; init; }

    /// <summary>How long to wait, in wall time: business time divided by <c>Clock:Scale</c>. Zero for an end.</summary>
    [Id(1)] public TimeSpan Wait { get; init; }

    /// <summary>Business time at which the wait is over.</summary>
    [Id(2)] public DateTimeOffset? Until { get; init; }

    /// <summary>For people, in the Temporal UI: <c>attempt 3 on card_1 in 31.5 h: paydays are on the 1st</c>.</summary>
    [Id(3)] public required string Summary { get; init; }
    [Id(4)] public required PaymentStatus Status { get; init; }
    [Id(5)] public string? FailureCode { get; init; }
}

[GenerateSerializer, Alias("recoup.recovery-action")]
public enum RecoveryAction
{
    /// <summary>Wait, then attempt.</summary>
    Attempt,

    /// <summary>Wait for the customer (a signal); when the wait runs out first, the recovery is over.</summary>
    AwaitCustomer,

    /// <summary>Decide again.</summary>
    Decide,

    /// <summary>Nothing allowed is left.</summary>
    GiveUp,

    /// <summary>The payment is closed.</summary>
    Stop,
}
