using System.Globalization;
using Spectre.Console;

namespace Recoup.Bench;

/// <summary>Tables as Markdown has them, so that what a bench prints can stand in the docs.</summary>
internal static class MarkdownTable
{
    /// <summary>Wide enough that no table breaks its lines in a file.</summary>
    private const int RedirectedWidth = 160;

    /// <summary>Before the first line is written.</summary>
    public static void WidenWhenRedirected()
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = RedirectedWidth;
        }
    }

    /// <summary>An empty table: its first column names the rows, the others are numbers.</summary>
    public static Table Of(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Markdown);
        table.AddColumn(columns[0]);
        foreach (var column in columns[1..])
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        return table;
    }

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
