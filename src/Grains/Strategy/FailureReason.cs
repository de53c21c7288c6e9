namespace Recoup.Strategy;

/// <summary>Which failure a decline is, in the words of the baseline table.</summary>
internal static class FailureReason
{
    public const string CardDeclined = "card_declined";
    public const string InsufficientFunds = "insufficient_funds";
    public const string ExpiredCard = "expired_card";
    public const string IncorrectCvc = "incorrect_cvc";
    public const string DuplicateTransaction = "duplicate_transaction";

    /// <summary>
    /// <c>card_declined</c> is a family: the reason is in the decline code, then in the network's response code. Codes that give no reason
    /// (<c>generic_decline</c>, <c>do_not_honor</c>) leave it <c>card_declined</c>. Any other failure code is the reason itself.
    /// </summary>
    public static string Of(Decline decline, string? network, DateTimeOffset at, RulePacks packs)
    {
        if (!string.Equals(decline.FailureCode.Trim(), CardDeclined, StringComparison.OrdinalIgnoreCase))
        {
            return Canonical(decline.FailureCode);
        }

        var provider = packs.Provider(at);
        if (DeclineRules.Normalise(decline.DeclineCode) is { } code
            && provider.FindGroup(code, null, at) is not { Class: DeclineClass.Generic })
        {
            return Canonical(code);
        }

        return DeclineRules.Normalise(decline.NetworkCode) is { } response && packs.Network(network, at).MeaningOf(response) is { } meaning
            ? Canonical(meaning)
            : CardDeclined;
    }

    private static string Canonical(string code)
    {
        var lower = code.Trim().ToLowerInvariant();
        return lower == "invalid_cvc" ? IncorrectCvc : lower;
    }
}
