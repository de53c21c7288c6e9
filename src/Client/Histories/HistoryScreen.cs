using Recoup.Client.Timelines;
using Recoup.Silo.Workflows.Timelines;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Recoup.Client.Histories;

internal static class HistoryScreen
{
    public static IRenderable Render(WorkflowStory story)
    {
        var heading = new Paragraph()
            .Append(story.WorkflowId, new Style(decoration: Decoration.Bold))
            .Append("  ")
            .Append(story.Status, new Style(story.Status == "running" ? Color.Yellow : Color.Default, decoration: Decoration.Bold));
        return new Rows(heading, new Text("  " + Summary(story), new Style(Color.Grey)), Text.Empty, TimelineView.Render(story.Entries));
    }

    private static string Summary(WorkflowStory story)
    {
        var started = TimeText.WithYear(story.Entries[0].At);
        var runs = story.Runs.Count == 1 ? "1 run" : $"{story.Runs.Count} runs";
        var missing = story.IsIncomplete ? ", the oldest no longer kept" : "";
        return $"started {started} UTC, wall time · {runs}{missing} · {story.Events} events";
    }
}
