namespace Recoup.Lakehouse.Query;

/// <summary>What one query may use.</summary>
/// <param name="Time">From the start to the last row that is read; then the query ends with <see cref="QueryFailure.Timeout"/>.</param>
/// <param name="MemoryBytes">What the engine may hold for it at once; beyond it the query ends with <see cref="QueryFailure.Memory"/>.</param>
/// <param name="RowsMax">Rows after which the result ends and <see cref="QueryResult.IsTruncated"/> is set; null: all rows.</param>
public sealed record QueryLimits(TimeSpan Time, long MemoryBytes, long? RowsMax = null);
