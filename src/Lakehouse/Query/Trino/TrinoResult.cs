using System.Text.Json;
using Apache.Arrow;

namespace Recoup.Lakehouse.Query.Trino;

/// <summary>The rows of a query on Trino, a page at a time.</summary>
internal sealed class TrinoResult(TrinoPages pages, Schema schema, JsonElement first, long? rowsMax) : QueryResult
{
    private JsonElement? page = first;

    public override Schema Schema => schema;

    protected override long? RowsMax => rowsMax;

    public override ValueTask DisposeAsync() => pages.DisposeAsync();

    protected override async ValueTask<RecordBatch?> NextAsync(CancellationToken cancellation)
    {
        while ((page ??= await pages.NextAsync(cancellation)) is { } current)
        {
            page = null;
            if (current.TryGetProperty("data", out var data) && data.GetArrayLength() > 0)
            {
                return TrinoValues.Batch(schema, data);
            }
        }

        return null;
    }
}
