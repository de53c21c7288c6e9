using Apache.Arrow.Ipc;

namespace Recoup.Lakehouse.Query.Formats;

/// <summary>Writes a result as an Arrow IPC stream (<c>application/vnd.apache.arrow.stream</c>). A stream without its end mark is no whole result.</summary>
public static class ArrowResult
{
    public const string MediaType = "application/vnd.apache.arrow.stream";

    public static async Task WriteAsync(QueryResult result, Stream output, CancellationToken cancellation = default)
    {
        using var writer = new ArrowStreamWriter(output, result.Schema, leaveOpen: true);
        await writer.WriteStartAsync(cancellation);
        await foreach (var batch in result.ReadBatchesAsync(cancellation))
        {
            using (batch)
            {
                await writer.WriteRecordBatchAsync(batch, cancellation);
            }
        }

        await writer.WriteEndAsync(cancellation);
    }
}
