using System.Globalization;
using Recoup.Client.Terminals;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Recoup.Client.Demo;

/// <summary>What the validation accepted and refused, by table, and whether that is all of the event log.</summary>
internal static class LakeScreen
{
    private static readonly Style Quiet = new(Color.Grey);

    public static IRenderable Render(LakeCounts lake, int injected)
    {
        var table = Tables.Create().WithTexts("Topic").WithNumbers("In Kafka", "Bronze", "Quarantine").AddColumn("Refused for");
        foreach (var one in lake.Tables)
        {
            table.AddRow(
                new Text(one.Topic),
                new Text(Count(one.Records)),
                new Text(Count(one.Bronze)),
                new Text(Count(one.Quarantine)),
                new Text(string.Join('\n', one.Reasons.Select(reason => $"{reason.Value} {reason.Key.Replace(";", ", ", StringComparison.Ordinal)}")), Quiet));
        }

        return new Rows([table, .. Verdicts(lake, injected)]);
    }

    private static IEnumerable<IRenderable> Verdicts(LakeCounts lake, int injected)
    {
        yield return lake.Tables.FirstOrDefault(table => !table.IsReconciled) is { } open
            ? new Text($"{open.Topic}: {Count(open.Records)} records, {Count(open.Bronze + open.Quarantine)} rows.", new Style(Color.Red))
            : new Text("Each record of Kafka is in exactly one of the two tables.", new Style(Color.Green));
        yield return lake.OwnQuarantined.Count > 0
            ? new Text($"REFUSED THOUGH NOBODY INJECTED THEM: {string.Join(", ", lake.OwnQuarantined)}", new Style(Color.Red))
            : new Text($"None of Recoup's own events was refused: all in quarantine are of the {Count(injected)} that the simulator injected.", new Style(Color.Green));
        if (lake.Misjudged.Count > 0)
        {
            yield return new Text($"NOT REFUSED FOR WHAT IS WRONG WITH THEM: {string.Join(", ", lake.Misjudged)}", new Style(Color.Red));
        }
    }

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
