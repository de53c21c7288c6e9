using System.Globalization;
using Recoup.Client.Payments;
using Recoup.Client.Simulate;
using Recoup.Client.Terminals;
using Recoup.Silo.Workflows.Timelines;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Recoup.Client.Demo;

/// <summary>The demo's last screen: what was collected, by failure code; the ledger's word; one story.</summary>
internal static class DemoSummary
{
    private static readonly Style Quiet = new(Color.Grey);
    private static readonly Color[] Palette = [Color.Red, Color.Green, Color.Yellow, Color.Blue, Color.Purple, Color.Teal, Color.Orange1, Color.Aqua, Color.Grey];
    private static readonly Style Bold = new(decoration: Decoration.Bold);

    public static IRenderable Render(DemoResult result)
    {
        List<IRenderable> parts = [Outcome(result), Text.Empty, ByFailureCode(result.End.Tally), Ledger(result), Text.Empty, Events(result), LakeScreen.Render(result.Lake, result.Events.Injected.Count)];
        if (result.Gold is { } gold)
        {
            parts.AddRange([Text.Empty, GoldSummary.Render(gold)]);
        }

        if (result.GoldDelay is { } delay)
        {
            parts.Add(new Text(delay.ToString(), Quiet));
        }

        if (result.Story is { } story)
        {
            parts.AddRange([Text.Empty, new Rule("One recovered payment") { Justification = Justify.Left, Style = Quiet }, Text.Empty, PaymentScreen.Render(story)]);
        }

        return new Rows(parts);
    }

    private static Rows Outcome(DemoResult result)
    {
        var tally = result.End.Tally;
        var first = new Paragraph()
            .Append(Count(tally.Payments), Bold).Append(" payments in ")
            .Append(string.Create(CultureInfo.InvariantCulture, $"{result.BusinessTime.TotalDays:0} business days")).Append($" ({DurationText.Of(result.End.Elapsed)}): ")
            .Append(Count(tally[PaymentResult.SucceededFirstAttempt]), Bold).Append(" succeeded at once, ")
            .Append(Count(tally[PaymentResult.Blocked]), Bold).Append(" were blocked as fraud, ")
            .Append(Count(tally.Failures.Sum(failure => failure.Declined)), Bold).Append(" were declined.");
        var then = new Paragraph()
            .Append("Of those, ").Append(Count(tally[PaymentResult.Recovered]), new Style(Color.Green, decoration: Decoration.Bold)).Append(" were recovered")
            .Append(tally.RecoveryRate is { } rate ? string.Create(CultureInfo.InvariantCulture, $" ({rate * 100:0} % of the ended ones)") : "")
            .Append(": ").Append(MoneyWords.Of(tally.RecoveredMinor), new Style(Color.Green)).Append(".");
        return new Rows([first, then, .. Rest(result)]);
    }

    /// <summary>What did not go to an end, where there is any.</summary>
    private static IEnumerable<IRenderable> Rest(DemoResult result)
    {
        var tally = result.End.Tally;
        if (tally[PaymentResult.Recovering] + tally[PaymentResult.Open] > 0)
        {
            yield return new Text(
                $"Business time ran out: still in recovery {Count(tally[PaymentResult.Recovering])}, without a first result {Count(tally[PaymentResult.Open])}.", new Style(Color.Yellow));
        }

        if (result.End.Unheard > 0)
        {
            yield return new Text($"Of {Count(result.End.Unheard)} charges at Stripe and Square no webhook has told.", new Style(Color.Yellow));
        }
    }

    private static Table ByFailureCode(PaymentTally tally)
    {
        var table = Tables.Create().WithTexts("First decline").WithNumbers("Recovered", "Rate", "Money recovered");
        foreach (var failure in tally.Failures)
        {
            table.AddRow(
                new Text(failure.FailureCode),
                new Text($"{Count(failure.Recovered)} of {Count(failure.Declined)}"),
                new Text(Rate(failure), new Style(ColorOf(failure))),
                new Text(Amounts(failure), Quiet));
        }

        return table;
    }

    private static string Rate(FailureTally failure) => failure.Recovered + failure.Lost is > 0 and var ended
        ? string.Create(CultureInfo.InvariantCulture, $"{100.0 * failure.Recovered / ended:0} %")
        : "";

    private static Color ColorOf(FailureTally failure) => failure.Recovered > failure.Lost ? Color.Green : failure.Recovered == 0 ? Color.Red : Color.Yellow;

    /// <summary>A line a currency: <c>100.00 of 249.95 USD</c>.</summary>
    private static string Amounts(FailureTally failure) => string.Join('\n', failure.DeclinedMinor.Select(declined =>
    {
        var recovered = new Amounts.Money(failure.RecoveredMinor.GetValueOrDefault(declined.Key), declined.Key).ToString();
        return $"{recovered[..^4]} of {new Amounts.Money(declined.Value, declined.Key)}";
    }));

    private static Rows Ledger(DemoResult result)
    {
        var audit = result.Audit;
        var verdict = audit.ChargedTwice.Count == 0
            ? new Text("No payment was charged twice.", new Style(Color.Green))
            : new Text($"CHARGED TWICE: {string.Join(", ", audit.ChargedTwice)}", new Style(Color.Red));
        var ledger = string.Create(
            CultureInfo.InvariantCulture, $"Processor's ledger: {audit.Charges:N0} charges, {audit.Declines:N0} declines, {audit.Refunds:N0} refunds.");
        return new Rows(new Text(ledger), verdict);
    }

    private static Rows Events(DemoResult result)
    {
        var events = result.Events;
        var chart = new BreakdownChart().Width(76);
        foreach (var (index, (type, count)) in events.ByType.Index())
        {
            chart.AddItem(type, count, Palette[index % Palette.Length]);
        }

        var published = string.Create(
            CultureInfo.InvariantCulture,
            $"Event log: {events.Total:N0} events of Recoup's own, {events.FromProviders:N0} of the providers'; {events.Repeated:N0} published again, lag {events.RequestLag:N0}.");
        var outboxes = result.EventsPending == 0
            ? new Text("Every outbox is empty.", new Style(Color.Green))
            : new Text(string.Create(CultureInfo.InvariantCulture, $"{result.EventsPending:N0} events wait in the outboxes."), new Style(Color.Yellow));
        return new Rows(new Text(published), chart, outboxes);
    }

    private static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
