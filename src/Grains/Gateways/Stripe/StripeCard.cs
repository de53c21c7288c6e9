using System.Text.Json;
using Recoup.Webhooks;

namespace Recoup.Gateways.Stripe;

/// <summary>The card of a charge: by its token and network, never by its number.</summary>
internal sealed record StripeCard(string? CardId, string? Network, string? Country, string? BillingCountry)
{
    public static StripeCard None { get; } = new(null, null, null, null);

    /// <summary>Charges say it in <c>payment_method_details</c>; before 2018, in <c>source</c> (and earlier still <c>card</c>).</summary>
    public static StripeCard OfCharge(JsonElement charge) => new(
        charge.Id("payment_method", "source", "card"),
        CardNetworks.Normalise(charge.Text("payment_method_details.card.network", "payment_method_details.card.brand", "source.brand", "card.brand", "source.type")),
        CountryOf(charge.Text("payment_method_details.card.country", "source.country", "card.country")),
        CountryOf(charge.Text("billing_details.address.country", "source.address_country")));

    /// <summary>The payment method of a failed attempt stands in the error.</summary>
    public static StripeCard OfError(JsonElement error) => new(
        error.Id("payment_method", "source"),
        CardNetworks.Normalise(error.Text("payment_method.card.networks.preferred", "payment_method.card.brand", "source.brand")),
        CountryOf(error.Text("payment_method.card.country", "source.country")),
        CountryOf(error.Text("payment_method.billing_details.address.country")));

    public StripeCard Or(StripeCard other) =>
        new(CardId ?? other.CardId, Network ?? other.Network, Country ?? other.Country, BillingCountry ?? other.BillingCountry);

    private static string? CountryOf(string? text) => text is { Length: 2 } && char.IsAsciiLetter(text[0]) && char.IsAsciiLetter(text[1]) ? text.ToUpperInvariant() : null;
}
