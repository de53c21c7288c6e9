using System.Globalization;
using Recoup.Client.Pipelines;
using Recoup.Client.Terminals;
using Recoup.Pipeline;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Recoup.Client.Alerts;

/// <summary>Alerts for people: a line each, and below the table the query that shows more of each open one.</summary>
internal static class AlertsScreen
{
    private static readonly Style Quiet = new(Color.Grey);

    public static IRenderable Render(IReadOnlyList<Alert> alerts)
    {
        if (alerts.Count == 0)
        {
            return new Text("No alert is open.", new Style(Color.Green));
        }

        var table = Tables.Create("Severity", "Alert", "Seen", "Threshold", "Since", "What");
        foreach (var alert in alerts)
        {
            table.AddRow(Severely(alert), new Text(alert.AlertId), Number(alert.Reading.Value, alert.Reading.Unit), Number(alert.Reading.Threshold, ""), Since(alert), new Text(alert.Reading.Summary));
        }

        return new Rows([table, .. Queries(alerts)]);
    }

    private static Text Severely(Alert alert) => alert.IsOpen ? PipelineScreen.Severely(alert.Reading.Severity) : new Text("over", Quiet);

    private static Text Number(decimal? value, string unit) => new(value is { } number ? $"{number.ToString("0.######", CultureInfo.InvariantCulture)} {unit}".Trim() : "");

    private static Text Since(Alert alert) => new(alert.RaisedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), Quiet);

    private static IEnumerable<IRenderable> Queries(IReadOnlyList<Alert> alerts) => alerts
        .Where(alert => alert is { IsOpen: true, Reading.Query: not null })
        .Select(alert => (IRenderable)new Text($"{alert.AlertId}: query \"{alert.Reading.Query}\"", Quiet));
}
