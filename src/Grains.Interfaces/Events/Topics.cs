namespace Recoup.Events;

/// <summary>The event log's topics, by name as in docs/EVENTS.md.</summary>
public static class Topics
{
    public const string Charges = "payments.charges";
    public const string Refunds = "payments.refunds";
    public const string Disputes = "payments.disputes";
    public const string Subscriptions = "payments.subscriptions";

    /// <summary>The providers' own events, byte for byte.</summary>
    public const string Stripe = "providers.stripe";
    public const string Square = "providers.square";

    /// <summary>Inbound: the body of <c>POST /payments</c> under the key <c>{merchant}:{idempotency key}</c>.</summary>
    public const string Requests = "payments.requests";

    /// <summary>Records that were refused, with the reason.</summary>
    public const string DeadLetters = "payments.deadletter";
    public const string Alerts = "alerts";

    /// <summary>What grains publish; requests only come in, dead letters are written beside them.</summary>
    public static readonly IReadOnlyList<string> Published = [Charges, Refunds, Disputes, Subscriptions, Stripe, Square, DeadLetters, Alerts];

    public static readonly IReadOnlyList<string> All = [.. Published, Requests];

    /// <summary>The topic of a provider's own events.</summary>
    public static string Of(string provider) => $"providers.{provider}";
}
