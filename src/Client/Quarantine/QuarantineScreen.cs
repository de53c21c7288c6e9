using System.Globalization;
using Recoup.Client.Terminals;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Recoup.Client.Quarantine;

/// <summary>The quarantine on the screen.</summary>
internal static class QuarantineScreen
{
    private static readonly Style Quiet = new(Color.Grey);

    public static IRenderable Render(IReadOnlyList<QuarantineCount> counts, IReadOnlyList<QuarantineRow> rows)
    {
        if (counts.Count == 0)
        {
            return new Text("Nothing is quarantined.\n", new Style(Color.Green));
        }

        var total = counts.Sum(count => count.Rows);
        var shown = rows.Count < total
            ? string.Create(CultureInfo.InvariantCulture, $"The newest {rows.Count:N0} of {total:N0} rows; --limit shows more.")
            : string.Create(CultureInfo.InvariantCulture, $"{total:N0} rows.");
        return new Rows(Counts(counts), List(rows), new Text(shown, Quiet), new Text("What is wrong with one: quarantine show <record>\n", Quiet));
    }

    public static string FateOf(ReplayLink link) => link.Fate switch
    {
        ReplayFate.Accepted => $"accepted: {link.Record}",
        ReplayFate.Quarantined => $"refused again: {link.Record}",
        ReplayFate.Pending => $"not validated yet: {link.Record}",
        _ => "in doubt: repeat the replay",
    };

    private static Table Counts(IReadOnlyList<QuarantineCount> counts)
    {
        var table = Tables.Create().WithTexts("Table").WithNumbers("Rows").WithTexts("Reasons");
        foreach (var count in counts)
        {
            table.AddRow(new Text(count.Table), new Text(count.Rows.ToString("N0", CultureInfo.InvariantCulture)), Reasons(count.Reason));
        }

        return table;
    }

    private static Table List(IReadOnlyList<QuarantineRow> rows)
    {
        var table = Tables.Create().WithTexts("Record", "Quarantined").AddColumn("Reasons").AddColumn("Event").AddColumn("Replay");
        foreach (var row in rows)
        {
            table.AddRow(
                new Text(row.Record),
                new Text(row.QuarantinedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), Quiet),
                Reasons(string.Join(';', row.Reasons)),
                new Text(row.EventId ?? "", Quiet),
                Replay(row));
        }

        return table;
    }

    /// <summary>A line a reason: a row may have many.</summary>
    private static Text Reasons(string reasons) => new(reasons.Replace(';', '\n'), new Style(Color.Red));

    private static Text Replay(QuarantineRow row) => row switch
    {
        { Replayed: { } link } => new Text(FateOf(link), new Style(link.Fate is ReplayFate.Accepted ? Color.Green : Color.Yellow)),
        { ReplayOf: { } original } => new Text($"is one of {original}", Quiet),
        _ => Text.Empty,
    };
}
