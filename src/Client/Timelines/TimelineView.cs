using Recoup.Silo.Workflows.Timelines;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Recoup.Client.Timelines;

/// <summary>Draws entries as rows: when, how long after the first one, a mark, what. Nothing of an entry is read as markup.</summary>
internal static class TimelineView
{
    private static readonly Style Quiet = new(foreground: Color.Grey);

    public static IRenderable Render(IReadOnlyList<TimelineEntry> entries)
    {
        var grid = new Grid { Expand = false };
        grid.AddColumn(new GridColumn().NoWrap().PadLeft(2).PadRight(2));
        grid.AddColumn(new GridColumn().NoWrap().RightAligned().PadLeft(0).PadRight(2));
        grid.AddColumn(new GridColumn().NoWrap().PadLeft(0).PadRight(1));
        grid.AddColumn(new GridColumn().PadLeft(0).PadRight(0));
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            var style = StyleOf(entry.Kind);
            grid.AddRow(
                new Text(TimeText.Of(entry.At), Quiet),
                new Text(i == 0 ? "" : "+" + DurationText.Of(entry.At - entries[0].At), Quiet),
                new Text(MarkOf(entry.Kind), style),
                What(entry, style));
        }

        return grid;
    }

    private static Rows What(TimelineEntry entry, Style style) => new(
        entry.Details.Select(detail => (IRenderable)new Text(Clean(detail), Quiet)).Prepend(new Text(Clean(entry.Title), style)));

    /// <summary>Texts come from providers and errors: what would move the cursor becomes a blank.</summary>
    private static string Clean(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character)) : text;

    private static string MarkOf(TimelineKind kind) => kind switch
    {
        TimelineKind.Started => "○",
        TimelineKind.Decision => "◆",
        TimelineKind.Wait => "┊",
        TimelineKind.Attempt => "▸",
        TimelineKind.Collected => "✓",
        TimelineKind.Declined => "✗",
        TimelineKind.Signal => "↯",
        TimelineKind.Problem => "!",
        TimelineKind.Note => "·",
        TimelineKind.Ended => "●",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No mark is drawn for it."),
    };

    private static Style StyleOf(TimelineKind kind) => kind switch
    {
        TimelineKind.Decision => new Style(Color.Blue),
        TimelineKind.Wait or TimelineKind.Note => Quiet,
        TimelineKind.Collected => new Style(Color.Green),
        TimelineKind.Declined => new Style(Color.Red),
        TimelineKind.Signal => new Style(Color.Fuchsia),
        TimelineKind.Problem => new Style(Color.Yellow),
        TimelineKind.Ended => new Style(decoration: Decoration.Bold),
        _ => Style.Plain,
    };
}
