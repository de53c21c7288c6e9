using System.Globalization;
using System.Text.Json;
using Recoup.Amounts;
using Recoup.Client.Gold;
using Recoup.Client.Pipelines;
using Recoup.Client.Terminals;
using Recoup.Pipeline;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Recoup.Client.Demo;

/// <summary>The demo's gold tables, its charts, and the line that says whether the money is the same everywhere.</summary>
internal static class GoldSummary
{
    private const int CodesMax = 12;
    private static readonly Style Quiet = new(Color.Grey);

    public static IRenderable Render(DemoGold gold)
    {
        List<IRenderable> parts = [Title("Gold: what the pipeline made of the events"), Head(gold)];
        if (gold.Views.Outcomes.Count > 0)
        {
            parts.AddRange([Outcomes(gold.Views), .. Recovery(gold.Views), Providers(gold.Views), Quarantine(gold.Views), .. GoldScreen.Charts(gold.Recovered), Spectre.Console.Text.Empty]);
        }

        parts.AddRange([Title("Reconciliation, to the last minor unit"), .. Reconciliation(gold)]);
        return new Rows(parts);
    }

    private static Rule Title(string title) => new(title) { Justification = Justify.Left, Style = Quiet };

    private static IRenderable Head(DemoGold gold)
    {
        var rows = string.Create(CultureInfo.InvariantCulture, $"{gold.Rows.Values.Sum():N0} rows in {gold.Rows.Count} tables; any of them: gold <table>.");
        return gold.Run.Succeeded ? new Text(rows) : new Rows(new Text(rows), PipelineScreen.RenderRun(gold.Run));
    }

    private static Table Outcomes(GoldViews views)
    {
        var table = Tables.Create().WithTexts("Outcome").WithNumbers("Payments", "Amount");
        foreach (var outcome in views.Outcomes.GroupBy(row => Text(row, "outcome")))
        {
            table.AddRow(new Text(outcome.Key), Lines(outcome, row => Count(row, "payments")), Lines(outcome, Money));
        }

        return table;
    }

    /// <summary>Nothing where nothing was recovered.</summary>
    private static IEnumerable<IRenderable> Recovery(GoldViews views)
    {
        if (views.Recovery.Count == 0)
        {
            yield break;
        }

        var table = Tables.Create().WithTexts("First decline", "Strategy").WithNumbers("Recovered", "Money recovered");
        var groups = views.Recovery.GroupBy(row => (Code: Text(row, "failure_code"), Strategy: Text(row, "strategy")));
        foreach (var group in groups.OrderByDescending(group => group.Sum(row => row.GetProperty("recovered").GetInt64())).Take(CodesMax))
        {
            table.AddRow(new Text(group.Key.Code), new Text(group.Key.Strategy, Quiet), Lines(group, row => $"{Count(row, "recovered")} of {Count(row, "declined")}"), Lines(group, Money));
        }

        yield return table;
    }

    private static Table Providers(GoldViews views)
    {
        var table = Tables.Create().WithTexts("Provider").WithNumbers("Charges", "Succeeded", "Collected");
        foreach (var provider in views.Providers.GroupBy(row => Text(row, "provider")))
        {
            table.AddRow(new Text(provider.Key), Lines(provider, row => Count(row, "charges")), Lines(provider, row => Count(row, "succeeded")), Lines(provider, Money));
        }

        return table;
    }

    private static IRenderable Quarantine(GoldViews views)
    {
        if (views.Quarantine.Count == 0)
        {
            return new Text("Nothing is in quarantine.", new Style(Color.Green));
        }

        var table = Tables.Create().WithTexts("Quarantine", "Reason").WithNumbers("Records");
        foreach (var row in views.Quarantine.Take(CodesMax))
        {
            table.AddRow(new Text(Text(row, "table_name")), new Text(Text(row, "reason")), new Text(Count(row, "records")));
        }

        return table;
    }

    private static IEnumerable<IRenderable> Reconciliation(DemoGold gold)
    {
        var readings = gold.Reconciliation.ToList();
        // What agrees is told once a currency, at its end in gold; pipeline status has every comparison.
        foreach (var reading in readings.Where(reading => reading.Severity != Severity.Ok || reading.Threshold is null || reading.Subject.StartsWith("gold_", StringComparison.Ordinal)))
        {
            yield return new Text(reading.Summary, reading.Severity == Severity.Ok ? Quiet : new Style(Color.Red));
        }

        var judged = readings.Where(reading => reading.Threshold is not null).ToList();
        var different = judged.Count(reading => reading.Severity != Severity.Ok);
        var unread = readings.Any(reading => reading.Severity == Severity.Unknown) || judged.Count == 0;
        yield return unread ? new Text("Not everything could be compared; pipeline status says why.", new Style(Color.Yellow))
            : different == 0 ? new Text($"{judged.Count} comparisons agree: grains = bronze = silver = gold, in events and money, in every currency.", new Style(Color.Green))
            : new Text($"{different} comparisons differ.", new Style(Color.Red));
    }

    /// <summary>A line a currency, so that the columns of one row stay level.</summary>
    private static Text Lines(IEnumerable<JsonElement> rows, Func<JsonElement, string> line) => new(string.Join('\n', rows.Select(line)));

    private static string Money(JsonElement row) => new Money(row.GetProperty("minor").GetInt64(), Text(row, "currency")).ToString();

    private static string Count(JsonElement row, string column) => row.GetProperty(column).GetInt64().ToString("N0", CultureInfo.InvariantCulture);

    private static string Text(JsonElement row, string column) => row.GetProperty(column).GetString() ?? "none";
}
