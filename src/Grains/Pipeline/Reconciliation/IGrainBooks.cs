namespace Recoup.Pipeline.Reconciliation;

/// <summary>What the grains have on disk, read beside them: no grain is activated, and all of one reading is of one moment.</summary>
public interface IGrainBooks
{
    /// <summary>Every payment that has had an event, by payment id in ordinal order.</summary>
    IAsyncEnumerable<GrainBook> ReadPaymentsAsync(CancellationToken cancellation);

    /// <summary>Every subscription that has had an event, by subscription id in ordinal order.</summary>
    IAsyncEnumerable<GrainBook> ReadSubscriptionsAsync(CancellationToken cancellation);
}

/// <summary>One payment or subscription, as its grain has it on disk.</summary>
/// <param name="Key">Its id; its events are <c>{key}:1</c> to <c>{key}:{n}</c>.</param>
/// <param name="Published">Events that left the outbox: the log has acknowledged them. It may have more, which the next write will tell.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="AmountMinor">The amount, minor units.</param>
/// <param name="IsCollected">It said so: there is a <c>charge.succeeded</c> of it.</param>
public sealed record GrainBook(string Key, long Published, string Currency, long AmountMinor, bool IsCollected);
