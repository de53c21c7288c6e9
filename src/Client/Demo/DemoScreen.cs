using System.Globalization;
using Recoup.Client.Payments;
using Recoup.Client.Simulate;
using Recoup.Client.Terminals;
using Recoup.Silo.Workflows.Timelines;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Recoup.Client.Demo;

/// <summary>The demo while it runs.</summary>
internal static class DemoScreen
{
    private static readonly Style Quiet = new(Color.Grey);
    private static readonly Style Bold = new(decoration: Decoration.Bold);

    private static readonly (PaymentResult Result, string Name, Color Color)[] Rows =
    [
        (PaymentResult.Open, "being charged", Color.Grey),
        (PaymentResult.SucceededFirstAttempt, "succeeded at once", Color.Green),
        (PaymentResult.Recovering, "in recovery", Color.Yellow),
        (PaymentResult.Recovered, "recovered", Color.Green),
        (PaymentResult.Failed, "failed for good", Color.Red),
        (PaymentResult.Blocked, "blocked as fraud", Color.Red),
        (PaymentResult.Cancelled, "cancelled", Color.Grey),
    ];

    public static IRenderable Render(DemoPlan plan, SimulationSnapshot now, DateTimeOffset businessNow, TimeSpan businessTime, IReadOnlyList<News> news)
    {
        var clock = new Paragraph()
            .Append(businessNow.UtcDateTime.ToString("ddd dd MMM HH:mm", CultureInfo.InvariantCulture), Bold)
            .Append($"  day {(int)businessTime.TotalDays + 1} in {DurationText.Of(TimeSpan.FromSeconds(Math.Round(now.Elapsed.TotalSeconds)))}", Quiet)
            .Append(string.Create(CultureInfo.InvariantCulture, $" · {now.Placed} of {plan.Payments} placed · {now.Tally.Attempts} attempts"), Quiet);
        return new Rows(clock, Text.Empty, Bars(now.Tally), Text.Empty, Money(now.Tally), Text.Empty, Feed(news));
    }

    private static Grid Bars(PaymentTally tally)
    {
        var grid = new Grid { Expand = false };
        grid.AddColumn(new GridColumn().NoWrap().PadLeft(2).PadRight(2));
        grid.AddColumn(new GridColumn().NoWrap().RightAligned().PadLeft(0).PadRight(2));
        grid.AddColumn(new GridColumn().NoWrap().PadLeft(0));
        foreach (var (result, name, color) in Rows)
        {
            var count = tally[result];
            grid.AddRow(new Text(name), new Text(count.ToString(CultureInfo.InvariantCulture), Bold), new Text(Bar(count, tally.Payments), new Style(color)));
        }

        return grid;
    }

    /// <summary>A bar of at most 40 columns; what is there at all can be seen.</summary>
    private static string Bar(int count, int all) => count == 0 ? "" : new string('━', Math.Max(1, (int)Math.Round(40.0 * count / Math.Max(1, all))));

    private static Paragraph Money(PaymentTally tally) => new Paragraph()
        .Append("  collected back  ", Quiet)
        .Append(MoneyWords.Of(tally.RecoveredMinor), new Style(Color.Green, decoration: Decoration.Bold));

    private static Grid Feed(IReadOnlyList<News> news)
    {
        var grid = new Grid { Expand = false };
        grid.AddColumn(new GridColumn().NoWrap().PadLeft(2).PadRight(2));
        grid.AddColumn(new GridColumn().NoWrap().PadLeft(0).PadRight(2));
        grid.AddColumn(new GridColumn().NoWrap().PadLeft(0));
        foreach (var line in news)
        {
            grid.AddRow(
                new Text(Wording.Of(line.Status), new Style(PaymentWords.ColorOf(line.Status))),
                new Text(line.PaymentId[..12] + "…", Quiet),
                new Text(line.What, Quiet) { Overflow = Overflow.Ellipsis });
        }

        return grid;
    }
}
