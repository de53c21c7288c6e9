using Recoup.Events;

namespace Recoup.Silo.Lake.Quarantine;

/// <summary>What a replay has to know of a topic: where its rows stand, what its key is, and what its events call their id.</summary>
/// <param name="Topic">The topic's name.</param>
/// <param name="Table">The table in bronze; the other one is <c>quarantine_</c> and this name.</param>
/// <param name="KeyColumn">The column of bronze that is the record's key.</param>
/// <param name="IdField">The event id's field in the record.</param>
public sealed record ValidatedTopic(string Topic, string Table, string KeyColumn, string IdField)
{
    public static IReadOnlyList<ValidatedTopic> All { get; } =
    [
        new(Topics.Charges, "payment_charges", "payment_id", "event_id"),
        new(Topics.Refunds, "payment_refunds", "payment_id", "event_id"),
        new(Topics.Disputes, "payment_disputes", "payment_id", "event_id"),
        new(Topics.Subscriptions, "payment_subscriptions", "subscription_id", "event_id"),
        new(Topics.Stripe, "stripe_payments", "event_id", "id"),
        new(Topics.Square, "square_payments", "event_id", "event_id"),
    ];

    public string QuarantineTable => $"quarantine_{Table}";

    public static ValidatedTopic? Find(string topic) => All.FirstOrDefault(known => known.Topic == topic);
}
