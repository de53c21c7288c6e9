namespace Recoup.Storage.Sqlite.Engine;

/// <summary>A write that waits for its commit.</summary>
internal sealed class PendingWrite
{
    /// <summary>The commit's thread must not run the waiters' code: it has the next commit to make.</summary>
    private readonly TaskCompletionSource<WriteOutcome> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public required RowKey Key { get; init; }

    /// <summary>The version that the caller has read; null: it has seen no row.</summary>
    public required long? Version { get; init; }

    /// <summary>UTF-8 text; null deletes the row.</summary>
    public ReadOnlyMemory<byte>? Payload { get; init; }

    /// <summary>Unix milliseconds; null: never.</summary>
    public long? AttentionAt { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public required long UpdatedAt { get; init; }

    public Task<WriteOutcome> Completion => completion.Task;

    /// <summary>What the open transaction made of it; told only once that is committed.</summary>
    public WriteOutcome Outcome { get; set; }

    public void Acknowledge() => completion.SetResult(Outcome);

    public void Fail(Exception exception) => completion.SetException(exception);
}

/// <param name="IsStale">The stored version was not the one that the caller had read: nothing was changed.</param>
/// <param name="Version">The row's version now; 0: there is no row.</param>
internal readonly record struct WriteOutcome(bool IsStale, long Version);
