using Recoup.Client.Timelines;
using Recoup.Silo.Workflows.Timelines;

namespace Recoup.Client.Tests.Timelines;

[TestClass]
public sealed class TimelineViewTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 9, 30, 0, TimeSpan.Zero);

    [TestMethod]
    public void Render_EveryKind_HasAMarkAndFitsEightyColumns()
    {
        var entries = Enum.GetValues<TimelineKind>()
            .Select((kind, index) => new TimelineEntry(Start.AddHours(index), kind, $"title of {kind}") { Details = [new string('x', 100), "short"] })
            .ToList();

        var drawn = Screen.Draw(TimelineView.Render(entries), columns: 80);

        foreach (var kind in Enum.GetNames<TimelineKind>())
        {
            StringAssert.Contains(drawn, $"title of {kind}");
        }

        Assert.IsTrue(drawn.Split('\n').All(line => line.Length <= 80), drawn);
        StringAssert.Contains(drawn, "23 Nov 09:30:00");
        StringAssert.Contains(drawn, "+1 h");
    }

    [TestMethod]
    public void Render_MarkupAndControlCharacters_AreShownNotObeyed()
    {
        var drawn = Screen.Draw(TimelineView.Render([new TimelineEntry(Start, TimelineKind.Note, "[red]a[/] \u001b[2Jb\nc")]), colours: true);

        StringAssert.Contains(drawn, "[red]a[/]");
        Assert.IsFalse(drawn.Contains("\u001b[2J", StringComparison.Ordinal), "An escape sequence of the data reached the terminal.");
        StringAssert.Contains(drawn, "b c");
    }
}
