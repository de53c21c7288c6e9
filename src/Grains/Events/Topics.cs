namespace Recoup.Events;

/// <summary>Kafka's topics, by name as in CONTRACTS.</summary>
public static class Topics
{
    public const string Charges = "payments.charges";
    public const string Refunds = "payments.refunds";
    public const string Disputes = "payments.disputes";
    public const string Subscriptions = "payments.subscriptions";
}
