using DuckDB.NET.Native;

namespace Recoup.Lakehouse.FlinkSql.Native;

/// <summary>A list of texts under construction; cleared and used again for each row.</summary>
internal sealed class TextListBuilder
{
    private byte[] bytes = new byte[1024];
    private (int Start, int Length)[] elements = new (int, int)[64];
    private int used;

    public int Count { get; private set; }

    public void Clear()
    {
        used = 0;
        Count = 0;
    }

    public void AddNull() => Add(used, -1);

    public void Add(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Reserve(text.Length));
        Add(used, text.Length);
        used += text.Length;
    }

    public void Add(ReadOnlySpan<char> text)
    {
        var length = JavaUtf8.Encode(text, Reserve(JavaUtf8.LongestLength(text.Length)));
        Add(used, length);
        used += length;
    }

    public ReadOnlySpan<byte> this[int index] => bytes.AsSpan(elements[index].Start, elements[index].Length);

    public unsafe void WriteTo(IntPtr child, long offset)
    {
        NativeMethods.Vectors.DuckDBVectorEnsureValidityWritable(child);
        var validity = NativeMethods.Vectors.DuckDBVectorGetValidity(child);
        fixed (byte* start = bytes)
        {
            for (var index = 0; index < Count; index++)
            {
                var element = elements[index];
                NativeMethods.ValidityMask.DuckDBValiditySetRowValidity(validity, (ulong)(offset + index), element.Length >= 0);
                if (element.Length >= 0)
                {
                    NativeMethods.Vectors.DuckDBUnsafeVectorAssignStringElementLength(
                        child, (ulong)(offset + index), start + element.Start, element.Length);
                }
            }
        }
    }

    private Span<byte> Reserve(int length)
    {
        if (used + length > bytes.Length)
        {
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, used + length));
        }

        return bytes.AsSpan(used);
    }

    private void Add(int start, int length)
    {
        if (Count == elements.Length)
        {
            Array.Resize(ref elements, Count * 2);
        }

        elements[Count++] = (start, length);
    }
}
