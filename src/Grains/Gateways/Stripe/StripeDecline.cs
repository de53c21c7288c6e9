using System.Text.Json;
using Recoup.Webhooks;

namespace Recoup.Gateways.Stripe;

/// <summary>Why a charge failed, each code in its own field: the strategy knows which of them outranks which.</summary>
internal sealed record StripeDecline(string? FailureCode, string? DeclineCode, string? NetworkCode, string? AdviceCode)
{
    public static StripeDecline Unknown { get; } = new(null, null, null, null);

    /// <summary>From the charge itself: <c>outcome.reason</c> is the decline code where the issuer declined.</summary>
    public static StripeDecline OfCharge(JsonElement charge) => new(
        charge.Text("failure_code"),
        charge.Text("outcome.reason", "decline_code"),
        charge.Text("outcome.network_decline_code", "payment_method_details.card.network_decline_code"),
        charge.Text("outcome.network_advice_code", "outcome.advice_code"));

    /// <summary>From the error of a payment intent.</summary>
    public static StripeDecline OfError(JsonElement error) => new(
        error.Text("code"),
        error.Text("decline_code"),
        error.Text("network_decline_code"),
        error.Text("network_advice_code", "advice_code"));

    public StripeDecline Or(StripeDecline other) =>
        new(FailureCode ?? other.FailureCode, DeclineCode ?? other.DeclineCode, NetworkCode ?? other.NetworkCode, AdviceCode ?? other.AdviceCode);
}
