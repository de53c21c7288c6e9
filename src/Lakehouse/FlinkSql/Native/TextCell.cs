namespace Recoup.Lakehouse.FlinkSql.Native;

/// <summary>DuckDB's string cell: up to 12 bytes stand within it, longer ones behind a pointer.</summary>
internal readonly unsafe struct TextCell
{
    private const int InlineLength = 12;

    public static ReadOnlySpan<byte> Read(byte* data, long row)
    {
        var cell = data + (row * 16);
        var length = *(int*)cell;
        return length <= InlineLength ? new ReadOnlySpan<byte>(cell + 4, length) : new ReadOnlySpan<byte>(*(byte**)(cell + 8), length);
    }
}
