namespace Recoup.Webhooks;

/// <summary>How the inbox and the aliases of payments are keyed.</summary>
public static class WebhookKeys
{
    /// <summary><c>{provider}:{event id}:{event type}</c>: test payloads share one event id, real ones never do.</summary>
    public static string Inbox(string provider, string eventId, string eventType) => $"{provider}:{eventId}:{eventType}";

    /// <summary>Stripe's ids say what they are: <c>stripe:pi_…</c>, <c>stripe:ch_…</c>, <c>stripe:in_…</c>.</summary>
    public static string StripeAlias(string id) => $"stripe:{id}";

    /// <summary>Square's ids do not say what they are: the kind is <c>payment</c>, <c>order</c> or <c>invoice</c>.</summary>
    public static string SquareAlias(string kind, string id) => $"square:{kind}:{id}";
}
