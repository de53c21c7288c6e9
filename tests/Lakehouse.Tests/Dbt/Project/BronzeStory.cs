namespace Recoup.Lakehouse.Tests.Dbt.Project;

/// <summary>Bronze as it may come to be: made of a seed, with everything that the models have rules for.</summary>
internal static class BronzeStory
{
    private static readonly string[] Tables = ["payment_charges", "payment_refunds", "payment_disputes", "payment_subscriptions", "stripe_payments", "square_payments"];

    public static IReadOnlyList<BronzeRow> Of(int seed, int payments)
    {
        var bronze = new BronzeWriter(new Random(seed));
        for (var number = 0; number < payments; number++)
        {
            new PaymentStory(bronze, number, Math.Max(3, payments / 8)).Tell();
            TellOthers(bronze, number);
        }

        return bronze.Rows;
    }

    private static void TellOthers(BronzeWriter bronze, int number)
    {
        var others = new ProviderStory(bronze, number);
        Action[] stories = [others.TellStripe, others.TellSquare, others.TellSubscription, () => bronze.Reject(bronze.OneOf(Tables), bronze.OneOf("malformed_json", "missing_event_id;invalid_currency"))];
        foreach (var story in stories.Where(_ => bronze.Chance(0.25)))
        {
            story();
        }
    }
}
