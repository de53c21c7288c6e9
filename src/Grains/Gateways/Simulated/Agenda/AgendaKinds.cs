namespace Recoup.Gateways.Simulated.Agenda;

/// <summary>What the outside world does by itself.</summary>
internal static class AgendaKinds
{
    /// <summary>A customer answers a message; the body is a <see cref="CustomerMessage"/>.</summary>
    public const string Answer = "answer";

    /// <summary>A customer wants the money of a charge back; the body is the charge id.</summary>
    public const string Refund = "refund";

    /// <summary>A cardholder disputes a charge; the body is the charge id.</summary>
    public const string Dispute = "dispute";

    /// <summary>A dispute ends; the body names the charge and when it was opened.</summary>
    public const string DisputeEnd = "dispute_end";

    /// <summary>A provider renews a subscription; the body is a <c>ProviderBill</c>.</summary>
    public const string Renewal = "renewal";

    /// <summary>An event goes to <c>/webhooks/{provider}</c>; the body is its body.</summary>
    public static string Webhook(string provider) => $"webhook:{provider}";
}
