using System.Globalization;
using System.Text.Json;
using Recoup.Client.Terminals;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Recoup.Client.Queries;

/// <summary>
/// The answer of <c>POST /query</c>: a table with numbers to the right, NULL in grey, how many rows. Rows too wide for the screen are shown one below the
/// other, a line a column: a table of broken words cannot be read.
/// </summary>
internal static class QueryTable
{
    /// <summary>What the table's border and padding take of each column.</summary>
    private const int ColumnPadding = 3;

    private static readonly Style Quiet = new(Color.Grey);

    /// <param name="result">The JSON answer.</param>
    /// <param name="width">Columns of the screen.</param>
    public static IRenderable Render(JsonElement result, int width)
    {
        var names = result.GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("name").GetString()!).ToArray();
        var rows = result.GetProperty("rows").EnumerateArray().ToArray();
        var isWide = rows.Length > 0 && names.Sum(name => Math.Max(name.Length, rows.Max(row => Cell(row.GetProperty(name)).Length)) + ColumnPadding) > width;
        var count = string.Create(CultureInfo.InvariantCulture, $"{rows.Length:N0} rows{(result.GetProperty("truncated").GetBoolean() ? ", and more: the result is cut" : "")}.");
        return new Rows(isWide ? Records(names, rows) : Table(names, rows), new Text(count, Quiet));
    }

    private static Table Table(string[] names, JsonElement[] rows)
    {
        var table = Tables.Create();
        foreach (var name in names)
        {
            table.AddColumn(new TableColumn(new Text(name)) { Alignment = rows.Length > 0 && IsNumber(rows[0], name) ? Justify.Right : Justify.Left });
        }

        foreach (var row in rows)
        {
            table.AddRow(names.Select(name => Shown(row.GetProperty(name))));
        }

        return table;
    }

    private static Rows Records(string[] names, JsonElement[] rows) => new(rows.Select((row, index) => Record(names, row, index + 1)));

    private static Rows Record(string[] names, JsonElement row, int number)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var name in names)
        {
            grid.AddRow(new Text(name, Quiet), Shown(row.GetProperty(name)));
        }

        return new Rows(new Rule(string.Create(CultureInfo.InvariantCulture, $"row {number:N0}")) { Justification = Justify.Left, Style = Quiet }, grid);
    }

    private static bool IsNumber(JsonElement row, string name) => row.GetProperty(name).ValueKind == JsonValueKind.Number;

    private static Text Shown(JsonElement value) => new(Cell(value), value.ValueKind is JsonValueKind.Null ? Quiet : Style.Plain);

    private static string Cell(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "null",
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };
}
