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
        var table = Tables.Create("File", "Event").WithNumbers("Answer", "ms");
        table.AddColumn(new TableColumn(new Text("Said")));
        foreach (var answer in answers)
        {
            table.AddRow(
                new Text(answer.File),
                new Text(answer.EventType ?? "unknown"),
                new Text(answer.Status?.ToString(CultureInfo.InvariantCulture) ?? "-", new Style(answer.IsAccepted ? Color.Green : Color.Red)),
                new Text(answer.Milliseconds?.ToString("0", CultureInfo.InvariantCulture) ?? "", new Style(Color.Grey)),
                new Text(answer.Said, new Style(Color.Grey)));
        }

        var total = string.Create(CultureInfo.InvariantCulture, $"{report.Accepted} accepted, {report.Refused} refused, {report.NotSent} not sent");
        return new Rows(table, new Text(total, new Style(report.Accepted == answers.Count ? Color.Green : Color.Red)));
    }
}
