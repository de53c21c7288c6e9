using Recoup.Payments;

namespace Recoup.Recovery;

/// <summary>Starts recovery workflows and tells them what happened. Both may be repeated without harm.</summary>
public interface IRecoveryLauncher
{
    /// <summary>Starts <c>recover-{payment_id}</c> unless it runs.</summary>
    Task StartAsync(RecoveryStart start, CancellationToken cancellationToken);

    /// <summary>Wakes the workflow; done too when it has ended.</summary>
    Task SignalAsync(string paymentId, RecoverySignal signal, CancellationToken cancellationToken);
}

/// <summary>What a workflow's start says for the people who look at the Temporal UI.</summary>
public sealed record RecoveryStart
{
    public required string PaymentId { get; init; }
    public required string CustomerId { get; init; }
    public required string FailureCode { get; init; }

    /// <summary>For people: <c>49.99 USD</c>.</summary>
    public required string Amount { get; init; }
}
