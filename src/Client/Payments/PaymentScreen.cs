using Recoup.Amounts;
using Recoup.Client.Timelines;
using Recoup.Payments;
using Recoup.Silo.Workflows.Timelines;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Recoup.Client.Payments;

/// <summary>One payment on the screen: where it stands, what is known of it, its story.</summary>
internal static class PaymentScreen
{
    public static IRenderable Render(PaymentView payment) => new Rows(Heading(payment), Facts(payment), Text.Empty, TimelineView.Render(PaymentStory.Tell(payment)));

    public static IRenderable Heading(PaymentView payment) => new Paragraph()
        .Append(payment.PaymentId, new Style(decoration: Decoration.Bold))
        .Append("  ")
        .Append(Wording.Of(payment.Status), new Style(PaymentWords.ColorOf(payment.Status), decoration: Decoration.Bold))
        .Append($"  {payment.Amount()}");

    private static Grid Facts(PaymentView payment)
    {
        var grid = new Grid { Expand = false };
        grid.AddColumn(new GridColumn().NoWrap().PadLeft(2).PadRight(2));
        grid.AddColumn(new GridColumn().PadLeft(0));
        foreach (var (name, value) in FactsOf(payment))
        {
            grid.AddRow(new Text(name, new Style(Color.Grey)), new Text(value));
        }

        return grid;
    }

    private static IEnumerable<(string Name, string Value)> FactsOf(PaymentView payment)
    {
        yield return ("submitted", payment.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture) + " UTC, business time");
        yield return ("customer", payment.CustomerId);
        yield return ("merchant", $"{payment.MerchantId} by {payment.Provider}");
        if (payment.CardId is { } card)
        {
            yield return ("card", payment.CardNetwork is { } network ? $"{card} ({network})" : card);
        }

        if (payment.SubscriptionId is { } subscription)
        {
            yield return ("subscription", subscription);
        }

        if (payment.WorkflowId is { } workflow)
        {
            yield return ("workflow", workflow);
        }

        if (payment.NextAttemptAt is { } next)
        {
            yield return ("next attempt", TimeText.Of(next));
        }

        if (payment.RefundedMinor > 0)
        {
            yield return ("given back", new Money(payment.RefundedMinor, payment.Currency).ToString());
        }
    }
}
