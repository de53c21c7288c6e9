using System.Globalization;
using Recoup.Amounts;
using Recoup.Client.Terminals;
using Recoup.Customers;
using Recoup.Silo.Workflows.Timelines;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Recoup.Client.Customers;

internal static class CustomerScreen
{
    private static readonly Style Quiet = new(Color.Grey);

    public static IRenderable Render(CustomerView customer)
    {
        List<IRenderable> parts = [new Text(customer.CustomerId, new Style(decoration: Decoration.Bold)), Facts(customer)];
        if (customer.Subscriptions.Count > 0)
        {
            parts.AddRange([Text.Empty, Subscriptions(customer.Subscriptions)]);
        }

        if (customer.History.Count > 0)
        {
            parts.AddRange([Text.Empty, History(customer.History)]);
        }

        return new Rows(parts);
    }

    private static Grid Facts(CustomerView customer)
    {
        var grid = new Grid { Expand = false };
        grid.AddColumn(new GridColumn().NoWrap().PadLeft(2).PadRight(2));
        grid.AddColumn(new GridColumn().PadLeft(0));
        void Add(string name, string value) => grid.AddRow(new Text(name, Quiet), new Text(value));

        Add("time zone", customer.TimeZone ?? "not known");
        Add("arm", customer.Arm);
        Add("payments", string.Create(CultureInfo.InvariantCulture, $"{customer.Payments}, {customer.Collected} collected") + SuccessRate(customer));
        Add("lifetime value", Money(customer.LifetimeValueMinor));
        Add("cards", customer.Cards.Count == 0 ? "none known" : string.Join("\n", customer.Cards.Select(Card)));
        return grid;
    }

    private static string SuccessRate(CustomerView customer) => customer.SuccessRate is { } rate
        ? string.Create(CultureInfo.InvariantCulture, $" ({rate * 100:0} % of the ended ones)")
        : "";

    private static string Money(IReadOnlyDictionary<string, long> minor) => minor.Count == 0
        ? "nothing collected yet"
        : string.Join(" · ", minor.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => new Money(entry.Value, entry.Key).ToString()));

    private static string Card(CustomerCard card)
    {
        var known = new[] { card.CardNetwork, card.CardCountry }.OfType<string>().ToArray();
        return known.Length == 0 ? card.CardId : $"{card.CardId} ({string.Join(", ", known)})";
    }

    private static Table Subscriptions(IReadOnlyList<Subscription> subscriptions)
    {
        var table = Tables.Create().WithTexts("Subscription", "Plan").WithNumbers("Amount").WithTexts("Renews");
        table.AddColumn(new TableColumn(new Text("Status")));
        foreach (var subscription in subscriptions)
        {
            var every = subscription.IntervalCount == 1 ? subscription.Interval : $"{subscription.IntervalCount} {subscription.Interval}s";
            table.AddRow(
                new Text(subscription.SubscriptionId),
                new Text(subscription.PlanId ?? ""),
                new Text($"{new Money(subscription.AmountMinor, subscription.Currency)} / {every}"),
                new Text(subscription.CurrentPeriodEndAt is { } end ? TimeText.Of(end) : "", Quiet),
                new Text(subscription.Status + (subscription.CancelAtPeriodEnd ? ", ends with the period" : "")));
        }

        return table;
    }

    private static Table History(IReadOnlyList<PaymentOutcome> history)
    {
        var table = Tables.Create().WithTexts("At", "Outcome", "Payment").WithNumbers("Amount");
        table.AddColumn(new TableColumn(new Text("Reason")));
        foreach (var outcome in history)
        {
            table.AddRow(
                new Text(TimeText.Of(outcome.At), Quiet),
                new Text(Wording.Of(outcome.Kind), new Style(ColorOf(outcome.Kind))),
                new Text(outcome.PaymentId),
                new Text(new Money(outcome.AmountMinor, outcome.Currency).ToString()),
                new Text(outcome.FailureCode ?? "", Quiet));
        }

        return table;
    }

    private static Color ColorOf(PaymentOutcomeKind kind) => kind switch
    {
        PaymentOutcomeKind.Collected => Color.Green,
        PaymentOutcomeKind.Failed or PaymentOutcomeKind.Blocked or PaymentOutcomeKind.Disputed => Color.Red,
        PaymentOutcomeKind.Declined => Color.Yellow,
        _ => Color.Grey,
    };
}
