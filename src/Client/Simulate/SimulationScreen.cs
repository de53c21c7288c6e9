using System.Globalization;
using Recoup.Client.Terminals;
using Recoup.Silo.Workflows.Timelines;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Recoup.Client.Simulate;

/// <summary>A run on the screen, drawn again and again while it lasts.</summary>
internal static class SimulationScreen
{
    private static readonly Style Quiet = new(Color.Grey);

    public static IRenderable Render(SimulationSnapshot snapshot)
    {
        var grid = new Grid { Expand = false };
        grid.AddColumn(new GridColumn().NoWrap().PadLeft(2).PadRight(2));
        grid.AddColumn(new GridColumn().PadLeft(0));
        foreach (var (name, value) in Lines(snapshot))
        {
            grid.AddRow(new Text(name, Quiet), value);
        }

        return grid;
    }

    private static IEnumerable<(string Name, IRenderable Value)> Lines(SimulationSnapshot snapshot)
    {
        yield return ("placed", Text($"{snapshot.Placed:N0} of {snapshot.Plan.Payments:N0}, {snapshot.PlacedPerSecond:N0} a second · {DurationText.Of(snapshot.Elapsed)}"));
        yield return ("by", Text($"{snapshot.Acknowledged:N0} submitted, {snapshot.Billed:N0} billed at Stripe and Square, {snapshot.Subscribed:N0} with a subscription"));
        if (snapshot.P50 is { } p50 && snapshot.P99 is { } p99)
        {
            yield return ("acknowledged in", Text($"p50 {DurationText.Of(p50)}, p99 {DurationText.Of(p99)}, max {DurationText.Of(snapshot.Max)}"));
        }

        yield return ("outcomes", Outcomes(snapshot.Tally));
        yield return ("recovery", Text(Recovery(snapshot.Tally)));
        if (snapshot.PlacedAfter is not null && snapshot.Unheard > 0)
        {
            yield return ("not heard of", Text($"{snapshot.Unheard:N0} charges at Stripe and Square: their webhooks are still to come"));
        }

        if (snapshot.Retries > 0)
        {
            yield return ("calls repeated", new Text(snapshot.Retries.ToString("N0", CultureInfo.InvariantCulture), new Style(Color.Yellow)));
        }

        if (snapshot.Repeated > 0)
        {
            yield return ("known before", Text($"{snapshot.Repeated:N0}: an earlier run placed them; --first names other orders"));
        }
    }

    private static Paragraph Outcomes(PaymentTally tally)
    {
        var line = new Paragraph();
        Add("succeeded at once", PaymentResult.SucceededFirstAttempt, Color.Green);
        Add("in recovery", PaymentResult.Recovering, Color.Yellow);
        Add("recovered", PaymentResult.Recovered, Color.Green);
        Add("failed", PaymentResult.Failed, Color.Red);
        Add("blocked", PaymentResult.Blocked, Color.Red);
        Add("cancelled", PaymentResult.Cancelled, Color.Grey);
        Add("open", PaymentResult.Open, Color.Grey);
        return tally.Payments == 0 ? line.Append("none yet", Quiet) : line;

        void Add(string name, PaymentResult result, Color color)
        {
            if (tally[result] > 0)
            {
                line.Append(tally[result].ToString("N0", CultureInfo.InvariantCulture) + " ", new Style(color)).Append(name + "   ");
            }
        }
    }

    private static string Recovery(PaymentTally tally) => tally.RecoveryRate is { } rate
        ? string.Create(CultureInfo.InvariantCulture, $"{rate * 100:0} % of those that ended, {MoneyWords.Of(tally.RecoveredMinor)}")
        : "none has ended yet";

    private static Text Text(FormattableString text) => new(text.ToString(CultureInfo.InvariantCulture));

    private static Text Text(string text) => new(text);
}
