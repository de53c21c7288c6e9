using System.Text.Encodings.Web;
using System.Text.Json;

namespace Recoup.Lakehouse.Query.Formats;

/// <summary>
/// Writes a result as one JSON document: <c>{"columns":[{"name":"n","type":"BIGINT"}],"rows":[{"n":1}],"row_count":1,"truncated":false}</c>. A second
/// column of the same name is called <c>name_2</c>. Where the query fails on the way, the exception comes through and the document stays unfinished.
/// </summary>
public static class JsonResult
{
    private const int FlushedBytes = 64 * 1024;

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync(QueryResult result, Stream output, CancellationToken cancellation = default)
    {
        var names = UniqueNames(result.Columns).Select(name => JsonEncodedText.Encode(name, Compact.Encoder)).ToArray();
        await using var json = new Utf8JsonWriter(output, Compact);
        json.WriteStartObject();
        WriteColumns(json, names, result.Columns);
        json.WriteStartArray("rows");
        await foreach (var batch in result.ReadBatchesAsync(cancellation))
        {
            using (batch)
            {
                for (var row = 0; row < batch.Length; row++)
                {
                    json.WriteStartObject();
                    for (var column = 0; column < names.Length; column++)
                    {
                        json.WritePropertyName(names[column]);
                        JsonCell.Write(json, batch.Column(column), row);
                    }

                    json.WriteEndObject();
                    if (json.BytesPending > FlushedBytes)
                    {
                        await json.FlushAsync(cancellation);
                    }
                }
            }
        }

        json.WriteEndArray();
        json.WriteNumber("row_count", result.RowCount);
        json.WriteBoolean("truncated", result.IsTruncated);
        json.WriteEndObject();
        await json.FlushAsync(cancellation);
    }

    internal static IReadOnlyList<string> UniqueNames(IReadOnlyList<QueryColumn> columns)
    {
        var given = columns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        var used = new HashSet<string>(StringComparer.Ordinal);
        var names = new List<string>();
        foreach (var column in columns)
        {
            var name = column.Name;
            for (var number = 2; !used.Add(name); number++)
            {
                name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{column.Name}_{number}");
                if (given.Contains(name))
                {
                    name = column.Name;
                }
            }

            names.Add(name);
        }

        return names;
    }

    private static void WriteColumns(Utf8JsonWriter json, JsonEncodedText[] names, IReadOnlyList<QueryColumn> columns)
    {
        json.WriteStartArray("columns");
        foreach (var (name, column) in names.Zip(columns))
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("type", column.Type);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
