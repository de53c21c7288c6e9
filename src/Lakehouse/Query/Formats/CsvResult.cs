using System.Buffers;
using System.Text;

namespace Recoup.Lakehouse.Query.Formats;

/// <summary>Writes a result as CSV by RFC 4180 in UTF-8, with a header line. NULL is an empty field, an empty text is <c>""</c>.</summary>
public static class CsvResult
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    public static async Task WriteAsync(QueryResult result, Stream output, CancellationToken cancellation = default)
    {
        await using var text = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        text.NewLine = "\r\n";
        await text.WriteLineAsync(Line([.. result.Columns.Select(column => column.Name)]), cancellation);
        await foreach (var cells in result.ReadTextAsync(cancellation))
        {
            await text.WriteLineAsync(Line(cells), cancellation);
        }

        await text.FlushAsync(cancellation);
    }

    private static ReadOnlyMemory<char> Line(string?[] cells) => string.Join(',', cells.Select(Field)).AsMemory();

    /// <summary>A blank at either end is quoted too: some readers would trim it.</summary>
    private static string Field(string? cell) => cell switch
    {
        null => "",
        "" => "\"\"",
        _ when cell.AsSpan().ContainsAny(Quoted) || cell[0] is ' ' || cell[^1] is ' ' => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
        _ => cell,
    };
}
