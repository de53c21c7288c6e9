using System.Text;
using DuckDB.NET.Data;
using DuckDB.NET.Native;
using Recoup.Lakehouse.FlinkSql.Running;

namespace Recoup.Lakehouse.FlinkSql.Native;

/// <summary>
/// Puts records into the table of the batch, chunk by chunk: its vectors are filled in place, which takes a fraction of the time that a call for
/// each value of each row takes.
/// </summary>
internal sealed unsafe class RecordAppender(DuckDBConnection connection, string table, string topic) : IDisposable
{
    private const int ChunkRows = 2048;

    private readonly byte[] topic = Encoding.UTF8.GetBytes(topic);
    private readonly DuckDBDataChunk chunk = CreateChunk();

    /// <summary>The columns in the order in which the chunk has them.</summary>
    public static string Columns(string numberName) =>
        $"{numberName} INTEGER, \"value\" BLOB, \"topic\" VARCHAR, \"partition\" INTEGER, \"offset\" BIGINT, \"timestamp\" TIMESTAMPTZ";

    /// <exception cref="BatchException">DuckDB did not take them.</exception>
    public void Append(IReadOnlyList<SourceRecord> records)
    {
        Require(NativeMethods.Appender.DuckDBAppenderCreate(connection.NativeConnection, null!, table, out var appender));
        using (appender)
        {
            for (var first = 0; first < records.Count; first += ChunkRows)
            {
                Fill(records, first, Math.Min(ChunkRows, records.Count - first));
                Require(NativeMethods.Appender.DuckDBAppendDataChunk(appender, chunk));
            }

            Require(NativeMethods.Appender.DuckDBAppenderClose(appender));
        }
    }

    public void Dispose() => chunk.Dispose();

    private static DuckDBDataChunk CreateChunk()
    {
        DuckDBType[] types = [DuckDBType.Integer, DuckDBType.Blob, DuckDBType.Varchar, DuckDBType.Integer, DuckDBType.BigInt, DuckDBType.TimestampTz];
        var logical = types.Select(NativeMethods.LogicalType.DuckDBCreateLogicalType).ToArray();
        var created = NativeMethods.DataChunks.DuckDBCreateDataChunk([.. logical.Select(type => type.DangerousGetHandle())], (ulong)types.Length);
        Array.ForEach(logical, type => type.Dispose());
        return created;
    }

    private static void Require(DuckDBState state)
    {
        if (state != DuckDBState.Success)
        {
            throw new BatchException("DuckDB did not take the records of the batch: its memory may be used up.");
        }
    }

    private void Fill(IReadOnlyList<SourceRecord> records, int first, int count)
    {
        NativeMethods.DataChunks.DuckDBDataChunkReset(chunk);
        int* numbers = (int*)Data(0), partitions = (int*)Data(3);
        long* offsets = (long*)Data(4), times = (long*)Data(5);
        var (values, topics) = (Vector(1), Vector(2));
        for (var row = 0; row < count; row++)
        {
            var record = records[first + row];
            numbers[row] = first + row;
            SetText(values, row, record.Value);
            SetText(topics, row, topic);
            partitions[row] = record.Partition;
            offsets[row] = record.Offset;
            times[row] = (record.Timestamp - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        }

        _ = NativeMethods.DataChunks.DuckDBDataChunkSetSize(chunk, (ulong)count);
    }

    private IntPtr Vector(int column) => NativeMethods.DataChunks.DuckDBDataChunkGetVector(chunk, column);

    private void* Data(int column) => NativeMethods.Vectors.DuckDBVectorGetData(Vector(column));

    /// <summary>The bytes are taken as they are: a value is a BLOB, and a topic's name is ASCII.</summary>
    private static void SetText(IntPtr vector, int row, byte[]? bytes)
    {
        if (bytes is null)
        {
            NativeMethods.Vectors.DuckDBVectorEnsureValidityWritable(vector);
            NativeMethods.ValidityMask.DuckDBValiditySetRowValidity(NativeMethods.Vectors.DuckDBVectorGetValidity(vector), (ulong)row, false);
            return;
        }

        fixed (byte* start = bytes)
        {
            // The start of an empty array is null, which the call takes with a length of 0.
            NativeMethods.Vectors.DuckDBUnsafeVectorAssignStringElementLength(vector, (ulong)row, start, bytes.Length);
        }
    }
}
