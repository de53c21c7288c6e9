using Recoup.Events;

namespace Recoup.Pipeline.Monitors;

/// <summary>Which topic ends in which bronze table; each has a quarantine beside it.</summary>
internal sealed record LakeTopic(string Topic, string Table)
{
    public static readonly IReadOnlyList<LakeTopic> All =
    [
        new(Topics.Charges, "payment_charges"),
        new(Topics.Refunds, "payment_refunds"),
        new(Topics.Disputes, "payment_disputes"),
        new(Topics.Subscriptions, "payment_subscriptions"),
        new(Topics.Stripe, "stripe_payments"),
        new(Topics.Square, "square_payments"),
    ];

    public string Bronze => $"bronze.{Table}";

    public string Quarantine => $"bronze.quarantine_{Table}";
}
