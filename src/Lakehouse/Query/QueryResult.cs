using System.Runtime.CompilerServices;
using Apache.Arrow;
using Recoup.Lakehouse.Query.Formats;

namespace Recoup.Lakehouse.Query;

/// <summary>
/// The columns and rows of one query. The rows are read once, either as batches or as text. Where reading throws, the rows that were read are no
/// whole result.
/// </summary>
public abstract class QueryResult : IAsyncDisposable
{
    /// <summary>The columns with their Arrow types. Several can have the same name.</summary>
    public abstract Schema Schema { get; }

    /// <summary>The columns with the names of their SQL types, such as <c>DECIMAL(18,2)</c>.</summary>
    public IReadOnlyList<QueryColumn> Columns => field ??= [.. Schema.FieldsList.Select(column => new QueryColumn(column.Name, SqlTypeName.Of(column.DataType)))];

    /// <summary>Whether the row limit cut the result; known when all rows were read.</summary>
    public bool IsTruncated { get; private set; }

    /// <summary>Rows that were read so far.</summary>
    public long RowCount { get; private set; }

    /// <summary>Most rows that are given; null: all.</summary>
    protected abstract long? RowsMax { get; }

    /// <summary>The rows; each batch holds memory outside the heap until it is disposed by the caller.</summary>
    /// <exception cref="QueryException">The query failed on the way.</exception>
    public async IAsyncEnumerable<RecordBatch> ReadBatchesAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        while (await NextAsync(cancellation) is { } batch)
        {
            if (RowsMax is { } rowsMax && rowsMax - RowCount < batch.Length)
            {
                IsTruncated = true;
                var kept = (int)(rowsMax - RowCount);
                RowCount += kept;
                if (kept > 0)
                {
                    yield return batch.Slice(0, kept);
                }
                else
                {
                    batch.Dispose();
                }

                yield break;
            }

            RowCount += batch.Length;
            yield return batch;
        }
    }

    /// <summary>The rows as text, one cell a column, null for NULL; times are ISO 8601, nested values JSON (<see cref="CellText"/>).</summary>
    /// <exception cref="QueryException">The query failed on the way.</exception>
    public async IAsyncEnumerable<string?[]> ReadTextAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var batch in ReadBatchesAsync(cancellation))
        {
            using (batch)
            {
                for (var row = 0; row < batch.Length; row++)
                {
                    var cells = new string?[batch.ColumnCount];
                    for (var column = 0; column < cells.Length; column++)
                    {
                        cells[column] = CellText.Of(batch.Column(column), row);
                    }

                    yield return cells;
                }
            }
        }
    }

    public abstract ValueTask DisposeAsync();

    /// <summary>The next rows, at least one; null after the last.</summary>
    protected abstract ValueTask<RecordBatch?> NextAsync(CancellationToken cancellation);
}

/// <param name="Name">As the statement names it.</param>
/// <param name="Type">The SQL type, such as <c>TIMESTAMP WITH TIME ZONE</c>.</param>
public sealed record QueryColumn(string Name, string Type);
