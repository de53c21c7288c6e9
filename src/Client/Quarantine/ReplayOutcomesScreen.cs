using System.Globalization;
using Recoup.Client.Terminals;
using Recoup.Silo.Lake.Quarantine;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Recoup.Client.Quarantine;

/// <summary>What became of a replay, on the screen.</summary>
internal static class ReplayOutcomesScreen
{
    /// <summary>Of many, those that went well need no line each.</summary>
    private const int LinesMax = 40;

    public static IRenderable Progress(ReplayRun run) =>
        new Text(string.Create(CultureInfo.InvariantCulture, $"{run.Outcomes.Count:N0} of {run.Total:N0} replayed ..."), new Style(Color.Grey));

    public static IReadOnlyDictionary<string, int> Counts(IReadOnlyList<ReplayOutcome> outcomes) =>
        outcomes.GroupBy(outcome => outcome.Status).OrderBy(group => group.Key).ToDictionary(group => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(group.Key.ToString()), group => group.Count());

    public static IRenderable Render(IReadOnlyList<ReplayOutcome> outcomes)
    {
        if (outcomes.Count == 0)
        {
            return new Text("Nothing to replay: no such row, or each was replayed already.\n");
        }

        var table = Tables.Create().WithTexts("Record").AddColumn("Outcome").AddColumn("Details");
        foreach (var outcome in outcomes.OrderByDescending(IsBad).Take(LinesMax))
        {
            table.AddRow(new Text(outcome.Original), new Text(Words(outcome.Status), new Style(IsBad(outcome) ? Color.Red : Color.Green)), new Text(Details(outcome)));
        }

        var summary = string.Join(", ", outcomes.GroupBy(outcome => outcome.Status).OrderBy(group => group.Key)
            .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count():N0} {Words(group.Key)}")));
        var record = outcomes is [{ Record: { } only }] ? (IRenderable)new Text($"The corrected record:\n{new RawRecord("utf-8", only).ToLines()}\n") : Text.Empty;
        return new Rows(table, new Text($"{summary}.\n"), record);
    }

    private static bool IsBad(ReplayOutcome outcome) => outcome.Status is not (ReplayStatus.Published or ReplayStatus.AlreadyReplayed or ReplayStatus.WouldBePublished);

    private static string Details(ReplayOutcome outcome) => outcome switch
    {
        { Message: { } message } => message,
        { ReasonsLeft: { Count: > 0 } reasons } => string.Join('\n', reasons.Select(ReasonWords.Explain).Select(reason => $"{reason.Reason}: {reason.Right}")),
        { Replay: { } replay } => $"{replay}, event {outcome.EventId}",
        _ => $"event {outcome.EventId}",
    };

    private static string Words(ReplayStatus status) => status switch
    {
        ReplayStatus.Published => "published",
        ReplayStatus.AlreadyReplayed => "published before",
        ReplayStatus.WouldBePublished => "would be published and accepted",
        ReplayStatus.StillWrong => "still wrong",
        ReplayStatus.NotQuarantined => "not in quarantine",
        ReplayStatus.Refused => "refused",
        _ => "not acknowledged",
    };
}
