namespace Recoup.Lakehouse.FlinkSql.Native;

/// <summary>DuckDB's string cell: up to 12 bytes stand within it, longer ones behind a pointer.</summary>
internal readonly unsafe struct TextCell
{
    public const int InlineLength = 12;

    /// <summary>Writes a short text; the rest of the cell is zero, as DuckDB compares cells whole.</summary>
    public static void WriteInline(byte* data, long row, ReadOnlySpan<byte> text)
    {
        var cell = data + (row * 16);
        *(ulong*)cell = 0;
        *(ulong*)(cell + 8) = 0;
        *(int*)cell = text.Length;
        text.CopyTo(new Span<byte>(cell + 4, InlineLength));
    }

    public static ReadOnlySpan<byte> Read(byte* data, long row)
    {
        var cell = data + (row * 16);
        var length = *(int*)cell;
        return length <= InlineLength ? new ReadOnlySpan<byte>(cell + 4, length) : new ReadOnlySpan<byte>(*(byte**)(cell + 8), length);
    }
}
