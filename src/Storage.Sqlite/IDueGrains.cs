namespace Recoup.Storage.Sqlite;

/// <summary>Finds grains whose stored state asks for attention, without activating any.</summary>
public interface IDueGrains
{
    /// <summary>
    /// A page of the rows whose attention time is at or before <paramref name="until"/>, the longest due first.
    /// </summary>
    /// <param name="until">Wall time.</param>
    /// <param name="limit">Most rows to return.</param>
    /// <param name="after">The last row of the page before; null for the first page.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="SqliteStorageException">The file cannot be read.</exception>
    Task<IReadOnlyList<DueGrain>> FindDueAsync(DateTimeOffset until, int limit, DueGrain? after, CancellationToken cancellationToken);
}

/// <summary>A grain that asked for attention.</summary>
/// <param name="GrainId">Whom to call.</param>
/// <param name="StateName">The state that asked for it.</param>
/// <param name="AttentionAt">Since when it is due; wall time.</param>
/// <param name="Position">Where the row stands in the file: continues a page where the one before ended.</param>
public sealed record DueGrain(GrainId GrainId, string StateName, DateTimeOffset AttentionAt, long Position);
