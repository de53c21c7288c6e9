using Spectre.Console;

namespace Recoup.Client.Terminals;

/// <summary>Tables of one look: a rule under the head, no box around, so that lines can be copied.</summary>
internal static class Tables
{
    public static Table Create(params ReadOnlySpan<string> columns)
    {
        var table = new Table { Border = TableBorder.Simple, BorderStyle = new Style(Color.Grey), ShowHeaders = true };
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column)));
        }

        return table;
    }

    /// <summary>Columns of ids and codes, which are not broken: a part of one is of no use.</summary>
    public static Table WithTexts(this Table table, params ReadOnlySpan<string> columns)
    {
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column)).NoWrap());
        }

        return table;
    }

    public static Table WithNumbers(this Table table, params ReadOnlySpan<string> columns)
    {
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column)).RightAligned().NoWrap());
        }

        return table;
    }
}
