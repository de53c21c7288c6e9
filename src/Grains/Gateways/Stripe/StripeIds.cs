using System.Text.Json;
using Recoup.Webhooks;

namespace Recoup.Gateways.Stripe;

/// <summary>Which payment an object of Stripe belongs to.</summary>
internal static class StripeIds
{
    /// <summary>Aliases of one payment, the payment intent first: nearly every event of a payment carries it.</summary>
    public static IReadOnlyList<string> Aliases(string? paymentIntent, string? charge, string? invoice) =>
        [.. new[] { paymentIntent, charge, invoice }.OfType<string>().Distinct(StringComparer.Ordinal).Select(WebhookKeys.StripeAlias)];

    /// <summary>
    /// The invoice of a charge or payment intent. Until 2025-03-31 both name it; afterwards a payment intent names it as its order reference, and
    /// <c>invoice_payment.paid</c> links the two.
    /// </summary>
    public static string? InvoiceOf(JsonElement element) =>
        element.Id("invoice") ?? (element.Text("payment_details.order_reference") is { } reference && reference.StartsWith("in_", StringComparison.Ordinal) ? reference : null);

    /// <summary>The idempotency key of Recoup's own attempt or refund, which the gateway sends as metadata.</summary>
    public static string? OwnKey(JsonElement element) => element.Text("metadata.recoup_idempotency_key");
}
