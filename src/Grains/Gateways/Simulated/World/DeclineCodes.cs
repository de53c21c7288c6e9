namespace Recoup.Gateways.Simulated.World;

/// <summary>A decline in the codes of network and processor.</summary>
internal sealed record DeclineCodes(string FailureCode, string? DeclineCode, string? NetworkCode, string? AdviceCode)
{
    /// <summary>
    /// ISO 8583 response codes, Mastercard's advice codes (in the proportion that their meaning asks for) and Stripe's words.
    /// Stripe calls nearly every decline <c>card_declined</c> and says the reason in <c>decline_code</c>.
    /// </summary>
    public static DeclineCodes For(DeclineReason reason, bool isLasting, string network, string provider, Dice dice)
    {
        var (failureCode, declineCode, networkCode) = Words(reason);
        if (provider == "stripe" && reason is not (DeclineReason.ExpiredCard or DeclineReason.IncorrectCvc or DeclineReason.ProcessingError))
        {
            failureCode = reason == DeclineReason.AuthenticationRequired ? failureCode : "card_declined";
        }

        var advice = network == "mastercard" ? MastercardAdvice(reason, isLasting, dice)
            : provider == "stripe" ? StripeAdvice(reason, isLasting)
            : null;
        return new DeclineCodes(failureCode, declineCode, networkCode, advice);
    }

    private static (string FailureCode, string DeclineCode, string? NetworkCode) Words(DeclineReason reason) => reason switch
    {
        DeclineReason.InsufficientFunds => ("insufficient_funds", "insufficient_funds", "51"),
        DeclineReason.DoNotHonor => ("card_declined", "do_not_honor", "05"),
        DeclineReason.GenericDecline => ("card_declined", "generic_decline", "05"),
        DeclineReason.CallIssuer => ("card_declined", "call_issuer", "01"),
        DeclineReason.ExpiredCard => ("expired_card", "expired_card", "54"),
        DeclineReason.IncorrectCvc => ("incorrect_cvc", "incorrect_cvc", "82"),
        DeclineReason.LostCard => ("lost_card", "lost_card", "41"),
        DeclineReason.StolenCard => ("stolen_card", "stolen_card", "43"),
        DeclineReason.PickupCard => ("pickup_card", "pickup_card", "04"),
        DeclineReason.TransactionNotAllowed => ("transaction_not_allowed", "transaction_not_allowed", "57"),
        DeclineReason.InvalidAccount => ("invalid_account", "invalid_account", "14"),
        DeclineReason.VelocityExceeded => ("card_velocity_exceeded", "card_velocity_exceeded", "65"),
        DeclineReason.AuthenticationRequired => ("authentication_required", "authentication_required", "1A"),
        DeclineReason.IssuerNotAvailable => ("issuer_not_available", "issuer_not_available", "91"),
        DeclineReason.ProcessingError => ("processing_error", "processing_error", "96"),
        _ => throw new InvalidOperationException($"Unknown decline reason {reason}."),
    };

    private static string? MastercardAdvice(DeclineReason reason, bool isLasting, Dice dice) => reason switch
    {
        DeclineReason.InsufficientFunds => dice.PickWeighted<string?>(
            [(0.40, null), (0.25, "02"), (0.10, "25"), (0.08, "26"), (0.06, "27"), (0.05, "28"), (0.03, "29"), (0.03, "30")]),
        DeclineReason.DoNotHonor or DeclineReason.GenericDecline or DeclineReason.CallIssuer =>
            isLasting ? "03" : dice.PickWeighted<string?>([(0.5, null), (0.4, "02"), (0.1, "25")]),
        DeclineReason.ExpiredCard => "01",
        DeclineReason.LostCard or DeclineReason.StolenCard or DeclineReason.PickupCard or DeclineReason.InvalidAccount => "03",
        DeclineReason.TransactionNotAllowed => dice.PickWeighted<string?>([(0.8, "03"), (0.2, "41")]),
        DeclineReason.VelocityExceeded => "25",
        DeclineReason.IssuerNotAvailable or DeclineReason.ProcessingError => "24",
        _ => null,
    };

    private static string? StripeAdvice(DeclineReason reason, bool isLasting) => reason switch
    {
        DeclineReason.ExpiredCard or DeclineReason.IncorrectCvc => "confirm_card_data",
        DeclineReason.LostCard or DeclineReason.StolenCard or DeclineReason.PickupCard or DeclineReason.InvalidAccount
            or DeclineReason.TransactionNotAllowed => "do_not_try_again",
        DeclineReason.AuthenticationRequired => null,
        DeclineReason.DoNotHonor or DeclineReason.GenericDecline when isLasting => null,
        _ => "try_again_later",
    };
}
