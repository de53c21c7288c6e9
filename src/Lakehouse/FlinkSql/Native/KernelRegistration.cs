using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DuckDB.NET.Data;
using DuckDB.NET.Native;
using Recoup.Lakehouse.FlinkSql.Types;

namespace Recoup.Lakehouse.FlinkSql.Native;

/// <summary>
/// Registers kernels with a DuckDB database through its C interface. They read and write DuckDB's vectors in place, a chunk
/// of up to 2,048 rows a call, so that a text is neither copied nor decoded unless the function needs it.
/// </summary>
internal static unsafe class KernelRegistration
{
    public static void Register(DuckDBConnection connection, ScalarKernel kernel)
    {
        var function = NativeMethods.ScalarFunction.DuckDBCreateScalarFunction();
        try
        {
            NativeMethods.ScalarFunction.DuckDBScalarFunctionSetName(function, kernel.Name);
            foreach (var parameter in kernel.Parameters)
            {
                using var type = PhysicalTypes.Create(parameter);
                NativeMethods.ScalarFunction.DuckDBScalarFunctionAddParameter(function, type);
            }

            using var result = PhysicalTypes.Create(kernel.Result);
            NativeMethods.ScalarFunction.DuckDBScalarFunctionSetReturnType(function, result);
            if (kernel.SeesNull)
            {
                NativeMethods.ScalarFunction.DuckDBScalarFunctionSetSpecialHandling(function);
            }

            if (kernel.IsVolatile)
            {
                NativeMethods.ScalarFunction.DuckDBScalarFunctionSetVolatile(function);
            }

            var handle = GCHandle.ToIntPtr(GCHandle.Alloc(kernel));
            NativeMethods.ScalarFunction.DuckDBScalarFunctionSetExtraInfo(function, handle, &Release);
            NativeMethods.ScalarFunction.DuckDBScalarFunctionSetFunction(function, &Run);
            var state = NativeMethods.ScalarFunction.DuckDBRegisterScalarFunction(connection.NativeConnection, function);
            if (state != DuckDBState.Success)
            {
                throw new InvalidOperationException($"DuckDB did not take the function {kernel.Name}.");
            }
        }
        finally
        {
            NativeMethods.ScalarFunction.DuckDBDestroyScalarFunction(ref function);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Release(IntPtr handle) => GCHandle.FromIntPtr(handle).Free();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Run(IntPtr info, IntPtr chunk, IntPtr output)
    {
        // No exception may cross into native code: it becomes the query's error.
        try
        {
            var kernel = (ScalarKernel)GCHandle.FromIntPtr(NativeMethods.ScalarFunction.DuckDBScalarFunctionGetExtraInfo(info)).Target!;
            Run(kernel, chunk, output);
        }
        catch (Exception error)
        {
            NativeMethods.ScalarFunction.DuckDBScalarFunctionSetError(info, error is FlinkValueException ? error.Message : error.ToString());
        }
    }

    private static void Run(ScalarKernel kernel, IntPtr chunkPointer, IntPtr output)
    {
        var chunk = new DuckDBDataChunk(chunkPointer);
        var rows = (long)NativeMethods.DataChunks.DuckDBDataChunkGetSize(chunk);
        var count = kernel.Parameters.Count;
        var columns = stackalloc ArgumentColumn[Math.Max(1, count)];
        for (var index = 0; index < count; index++)
        {
            columns[index] = Open(NativeMethods.DataChunks.DuckDBDataChunkGetVector(chunk, index), kernel.Parameters[index].Kind is TypeKind.Array);
        }

        var data = (byte*)NativeMethods.Vectors.DuckDBVectorGetData(output);
        NativeMethods.Vectors.DuckDBVectorEnsureValidityWritable(output);
        var validity = NativeMethods.Vectors.DuckDBVectorGetValidity(output);
        var (body, seesNull) = (kernel.Body, kernel.SeesNull);
        for (var row = 0L; row < rows; row++)
        {
            var arguments = new Arguments(columns, row);
            var result = new Result(output, data, row);
            if (seesNull || !HasNull(arguments, count))
            {
                body(arguments, ref result);
            }

            if (!result.IsSet)
            {
                validity[row >> 6] &= ~(1UL << (int)(row & 63));
            }
        }
    }

    private static bool HasNull(in Arguments arguments, int count)
    {
        for (var index = 0; index < count; index++)
        {
            if (arguments.IsNull(index))
            {
                return true;
            }
        }

        return false;
    }

    private static ArgumentColumn Open(IntPtr vector, bool isList)
    {
        var column = new ArgumentColumn
        {
            Data = (byte*)NativeMethods.Vectors.DuckDBVectorGetData(vector),
            Validity = NativeMethods.Vectors.DuckDBVectorGetValidity(vector),
        };
        if (isList)
        {
            var child = NativeMethods.Vectors.DuckDBListVectorGetChild(vector);
            column.ElementData = (byte*)NativeMethods.Vectors.DuckDBVectorGetData(child);
            column.ElementValidity = NativeMethods.Vectors.DuckDBVectorGetValidity(child);
        }

        return column;
    }
}
