using System.Globalization;
using Recoup.Client.Terminals;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Recoup.Client.Replay;

internal static class ReplayScreen
{
    public static IRenderable Render(IReadOnlyList<WebhookAnswer> answers)
    {
        var report = ReplayReport.Of(answers);
        var table = Tables.Create().WithTexts("Payload").WithNumbers("Answer", "ms");
        table.AddColumn(new TableColumn(new Text("Said")));
        foreach (var answer in answers)
        {
            table.AddRow(
                new Text(Payload(answer)) { Overflow = Overflow.Ellipsis },
                new Text(answer.Status?.ToString(CultureInfo.InvariantCulture) ?? "-", new Style(answer.IsAccepted ? Color.Green : Color.Red)),
                new Text(answer.Milliseconds?.ToString("0", CultureInfo.InvariantCulture) ?? "", new Style(Color.Grey)),
                new Text(answer.Said, new Style(Color.Grey)));
        }

        var total = string.Create(CultureInfo.InvariantCulture, $"{report.Accepted} accepted, {report.Refused} refused, {report.NotSent} not sent");
        return new Rows(table, new Text(total, new Style(report.Accepted == answers.Count ? Color.Green : Color.Red)));
    }

    /// <summary>The file, and its event type where the name does not say it.</summary>
    private static string Payload(WebhookAnswer answer) => answer.EventType is { } type && !answer.File.Contains(type, StringComparison.Ordinal)
        ? $"{answer.File} ({type})"
        : answer.File;
}
