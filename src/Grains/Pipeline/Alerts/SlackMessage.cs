using System.Globalization;
using System.Text.Json;

namespace Recoup.Pipeline.Alerts;

/// <summary>An alert's change as a message for an incoming webhook of Slack: <c>text</c> for notifications, <c>blocks</c> for the channel.</summary>
internal static class SlackMessage
{
    public static byte[] Of(AlertNotice notice)
    {
        var reading = notice.Alert.Reading;
        var title = $"{Word(notice)}: {reading.Monitor}" + (reading.Subject == Reading.WholeSubject ? "" : $" ({reading.Subject})");
        var facts = string.Create(CultureInfo.InvariantCulture, $"seen {reading.Value?.ToString(CultureInfo.InvariantCulture) ?? "nothing"} {reading.Unit}, threshold {reading.Threshold?.ToString(CultureInfo.InvariantCulture) ?? "none"}");
        return JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                Text = Escape($"{title}. {reading.Summary}"),
                Blocks = Blocks(title, facts, reading).ToArray(),
            },
            RecoupJson.Options);
    }

    private static IEnumerable<object> Blocks(string title, string facts, Reading reading)
    {
        yield return Section($"*{Escape(title)}*\n{Escape(reading.Summary)}\n_{Escape(facts)}_");
        if (reading.Query is { } query)
        {
            yield return Section($"```{Escape(query)}```");
        }
    }

    private static object Section(string markdown) => new { Type = "section", Text = new { Type = "mrkdwn", Text = markdown } };

    private static string Word(AlertNotice notice) => (notice.Change, notice.Alert.Reading.Severity) switch
    {
        (AlertChange.Resolved, _) => "Resolved",
        (_, Severity.Critical) => "Critical",
        _ => "Warning",
    };

    /// <summary>The three characters that Slack reads as markup.</summary>
    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
