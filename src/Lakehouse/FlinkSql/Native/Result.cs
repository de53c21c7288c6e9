using System.Buffers;
using DuckDB.NET.Native;

namespace Recoup.Lakehouse.FlinkSql.Native;

/// <summary>Where a scalar function writes its value for one row; a function that writes nothing leaves NULL.</summary>
internal unsafe ref struct Result(IntPtr vector, byte* data, long row)
{
    private bool isSet;

    public readonly bool IsSet => isSet;

    public void Boolean(bool value) => data[Set()] = value ? (byte)1 : (byte)0;

    public void Int8(sbyte value) => ((sbyte*)data)[Set()] = value;

    public void Int16(short value) => ((short*)data)[Set()] = value;

    public void Int32(int value) => ((int*)data)[Set()] = value;

    public void Int64(long value) => ((long*)data)[Set()] = value;

    public void Int128(Int128 value) => ((Int128*)data)[Set()] = value;

    public void Float(float value) => ((float*)data)[Set()] = value;

    public void Double(double value) => ((double*)data)[Set()] = value;

    /// <summary>Writes a text (UTF-8) or a binary.</summary>
    public void Bytes(ReadOnlySpan<byte> value)
    {
        if (value.Length <= TextCell.InlineLength)
        {
            TextCell.WriteInline(data, Set(), value);
            return;
        }

        fixed (byte* start = value)
        {
            NativeMethods.Vectors.DuckDBUnsafeVectorAssignStringElementLength(vector, (ulong)Set(), start, value.Length);
        }
    }

    /// <summary>Writes a text. Half a surrogate pair becomes <c>?</c>, as it does when Flink writes its texts to a table.</summary>
    public void Text(ReadOnlySpan<char> value)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(JavaUtf8.LongestLength(value.Length));
        Bytes(buffer.AsSpan(0, JavaUtf8.Encode(value, buffer)));
        ArrayPool<byte>.Shared.Return(buffer);
    }

    /// <summary>Writes a list of texts; an element may be NULL.</summary>
    public void TextList(TextListBuilder list)
    {
        var offset = NativeMethods.Vectors.DuckDBListVectorGetSize(vector);
        var entry = (ulong*)data + (Set() * 2);
        entry[0] = (ulong)offset;
        entry[1] = (ulong)list.Count;
        NativeMethods.Vectors.DuckDBListVectorReserve(vector, (ulong)(offset + list.Count));
        NativeMethods.Vectors.DuckDBListVectorSetSize(vector, (ulong)(offset + list.Count));
        list.WriteTo(NativeMethods.Vectors.DuckDBListVectorGetChild(vector), offset);
    }

    private long Set()
    {
        isSet = true;
        return row;
    }
}
