using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.C;
using DuckDB.NET.Native;

namespace Recoup.Lakehouse.Query.DuckDb;

/// <summary>Takes results out of DuckDB by Arrow's C data interface: DuckDB fills the buffers, and they are freed with the batch.</summary>
internal sealed class ArrowExport : IDisposable
{
    private readonly DuckDBArrowOptions options;

    public ArrowExport(ref DuckDBResult result)
    {
        options = NativeMethods.Arrow.DuckDBResultGetArrowOptions(ref result);
        Schema = ReadSchema(ref result);
    }

    public Schema Schema { get; }

    public unsafe RecordBatch Read(DuckDBDataChunk chunk)
    {
        var exported = CArrowArray.Create();
        try
        {
            using var error = NativeMethods.Arrow.DuckDBDataChunkToArrow(options, chunk, (nint)exported);
            ThrowIf(error);
            return CArrowArrayImporter.ImportRecordBatch(exported, Schema);
        }
        finally
        {
            CArrowArray.Free(exported);
        }
    }

    public void Dispose() => options.Dispose();

    private unsafe Schema ReadSchema(ref DuckDBResult result)
    {
        var count = (int)NativeMethods.Query.DuckDBColumnCount(ref result);
        var types = new DuckDBLogicalType[count];
        var names = new nint[count];
        var exported = CArrowSchema.Create();
        try
        {
            for (var index = 0; index < count; index++)
            {
                types[index] = NativeMethods.Query.DuckDBColumnLogicalType(ref result, index);
                ReturnableTypes.Require(types[index]);
                names[index] = Marshal.StringToCoTaskMemUTF8(NativeMethods.Query.DuckDBColumnName(ref result, index));
            }

            var handles = types.Select(type => type.DangerousGetHandle()).ToArray();
            fixed (nint* typePointer = handles, namePointer = names)
            {
                using var error = NativeMethods.Arrow.DuckDBToArrowSchema(options, (nint)typePointer, (nint)namePointer, (ulong)count, (nint)exported);
                ThrowIf(error);
            }

            return CArrowSchemaImporter.ImportSchema(exported);
        }
        finally
        {
            CArrowSchema.Free(exported);
            foreach (var (type, name) in types.Zip(names))
            {
                type?.Dispose();
                Marshal.FreeCoTaskMem(name);
            }
        }
    }

    private static void ThrowIf(DuckDBErrorData error)
    {
        if (!error.IsInvalid && NativeMethods.ErrorData.DuckDBErrorDataHasError(error))
        {
            throw DuckDbErrors.Of(NativeMethods.ErrorData.DuckDBErrorDataMessage(error), NativeMethods.ErrorData.DuckDBErrorDataErrorType(error));
        }
    }
}
