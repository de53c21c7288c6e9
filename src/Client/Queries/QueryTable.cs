using System.Globalization;
using System.Text.Json;
using Recoup.Client.Terminals;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Recoup.Client.Queries;

/// <summary>The answer of <c>POST /query</c> as a table: numbers to the right, NULL in grey, how many rows.</summary>
internal static class QueryTable
{
    private static readonly Style Quiet = new(Color.Grey);

    public static IRenderable Render(JsonElement result)
    {
        var names = result.GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("name").GetString()!).ToArray();
        var rows = result.GetProperty("rows").EnumerateArray().ToArray();
        var table = Tables.Create();
        foreach (var name in names)
        {
            var isNumber = rows.Length > 0 && rows[0].GetProperty(name).ValueKind == JsonValueKind.Number;
            table.AddColumn(new TableColumn(new Text(name)) { Alignment = isNumber ? Justify.Right : Justify.Left });
        }

        foreach (var row in rows)
        {
            table.AddRow(names.Select(name => Cell(row.GetProperty(name))));
        }

        var count = string.Create(CultureInfo.InvariantCulture, $"{rows.Length:N0} rows{(result.GetProperty("truncated").GetBoolean() ? ", and more: the result is cut" : "")}.");
        return new Rows(table, new Text(count, Quiet));
    }

    private static Text Cell(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => new Text("null", Quiet),
        JsonValueKind.String => new Text(value.GetString()!),
        _ => new Text(value.GetRawText()),
    };
}
