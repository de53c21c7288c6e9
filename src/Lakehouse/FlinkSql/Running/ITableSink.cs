using DuckDB.NET.Data;
using Recoup.Lakehouse.FlinkSql.Planning;

namespace Recoup.Lakehouse.FlinkSql.Running;

/// <summary>
/// Where the rows go. The sink keeps the offsets beside them: a batch's rows, of all inserts, and its offsets become visible
/// together or not at all. Batches may be staged beside each other; they are committed one after another.
/// </summary>
public interface ITableSink
{
    /// <summary>For each partition the offset of the first record that the tables do not hold.</summary>
    Task<IReadOnlyDictionary<int, long>> ReadOffsetsAsync(CancellationToken cancellation);

    /// <summary>The column by whose day the target is partitioned; null when it is not. Each day of a batch makes a file.</summary>
    string? DayColumn(PlannedInsert insert);

    /// <summary>Writes a batch's rows where nobody sees them yet. The database may be used for the next batch afterwards.</summary>
    Task<IStagedBatch> StageAsync(BatchOutput batch, CancellationToken cancellation);

    /// <summary>Commits one batch.</summary>
    /// <param name="batch">What <see cref="StageAsync"/> gave.</param>
    /// <param name="first">Where the batch begins, as the sink said it; partitions that it did not name are missing.</param>
    /// <param name="behind">For each partition of the batch the offset behind its last record.</param>
    /// <param name="cancellation">Stops before the commit.</param>
    /// <exception cref="OffsetsMovedException">Somebody else has committed these records; nothing of the batch was.</exception>
    Task CommitAsync(IStagedBatch batch, IReadOnlyDictionary<int, long> first, IReadOnlyDictionary<int, long> behind, CancellationToken cancellation);
}

/// <summary>A batch that is written and not committed; only the sink that staged it can commit it.</summary>
public interface IStagedBatch;

/// <summary>The rows of one batch.</summary>
/// <param name="Connection">The database that holds them, in UTC.</param>
/// <param name="Tables">For each insert of the plan the table with its rows.</param>
public sealed record BatchOutput(DuckDBConnection Connection, IReadOnlyList<string> Tables);

/// <summary>The tables hold other offsets than this reader began with.</summary>
public sealed class OffsetsMovedException(string message, Exception? inner = null) : Exception(message, inner);
