using DuckDB.NET.Data;
using Recoup.Lakehouse.FlinkSql.Planning;

namespace Recoup.Lakehouse.FlinkSql.Running;

/// <summary>
/// Where the rows go. The sink keeps the offsets beside them: a batch's rows, of all inserts, and its offsets become visible
/// together or not at all.
/// </summary>
public interface ITableSink
{
    /// <summary>For each partition the offset of the first record that the tables do not hold.</summary>
    Task<IReadOnlyDictionary<int, long>> ReadOffsetsAsync(CancellationToken cancellation);

    /// <summary>The column by whose day the target is partitioned; null when it is not. Each day of a batch makes a file.</summary>
    string? DayColumn(PlannedInsert insert);

    /// <summary>Writes and commits one batch.</summary>
    /// <exception cref="OffsetsMovedException">Somebody else has committed these records; nothing of the batch was.</exception>
    Task CommitAsync(BatchOutput batch, CancellationToken cancellation);
}

/// <summary>One batch to commit.</summary>
/// <param name="Connection">The database that holds the rows, in UTC.</param>
/// <param name="Tables">For each insert of the plan the table with its rows.</param>
/// <param name="From">Where the batch begins, as the sink said it; partitions that it did not name are missing.</param>
/// <param name="To">For each partition of the batch the offset behind its last record.</param>
public sealed record BatchOutput(
    DuckDBConnection Connection, IReadOnlyList<string> Tables, IReadOnlyDictionary<int, long> From, IReadOnlyDictionary<int, long> To);

/// <summary>The tables hold other offsets than this reader began with.</summary>
public sealed class OffsetsMovedException(string message, Exception? inner = null) : Exception(message, inner);
