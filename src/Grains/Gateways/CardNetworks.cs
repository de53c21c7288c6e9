namespace Recoup.Gateways;

/// <summary>Providers spell the networks in their own ways; Recoup in lower case.</summary>
internal static class CardNetworks
{
    /// <returns><c>visa</c>, <c>mastercard</c>, <c>amex</c>, <c>discover</c>, <c>diners</c>, <c>jcb</c>, <c>unionpay</c>, or what the provider says, in lower case.</returns>
    public static string? Normalise(string? name) => name?.Trim().ToLowerInvariant().Replace(' ', '_') switch
    {
        null or "" or "card" or "unknown" or "other_brand" => null,
        "american_express" or "amex" => "amex",
        "diners_club" or "diners" or "discover_diners" => "diners",
        "china_unionpay" or "unionpay" => "unionpay",
        "mc" or "mastercard" or "master_card" => "mastercard",
        var other => other,
    };
}
