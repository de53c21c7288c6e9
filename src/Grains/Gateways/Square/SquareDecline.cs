using System.Text.Json;
using Recoup.Webhooks;

namespace Recoup.Gateways.Square;

/// <summary>Why a payment failed, in the codes that Recoup's rules know (Stripe's names).</summary>
/// <remarks>Source: https://developer.squareup.com/reference/square/enums/ErrorCode and "Card payment errors".</remarks>
internal sealed record SquareDecline(string? FailureCode, string? DeclineCode)
{
    private const string Declined = "card_declined";

    public static SquareDecline Of(JsonElement payment)
    {
        var code = payment.Items("card_details.errors").Concat(payment.Items("errors")).Select(error => error.Text("code")).FirstOrDefault(text => text is not null);
        return code is null ? new SquareDecline(null, null) : OfCode(code);
    }

    public static SquareDecline OfCode(string code) => code.ToUpperInvariant() switch
    {
        "INSUFFICIENT_FUNDS" => new("insufficient_funds", "insufficient_funds"),
        "CARD_EXPIRED" or "EXPIRATION_FAILURE" => new("expired_card", "expired_card"),
        "BAD_EXPIRATION" or "INVALID_EXPIRATION" or "INVALID_EXPIRATION_YEAR" => new("expired_card", "invalid_expiry_year"),
        "INVALID_EXPIRATION_DATE" => new("expired_card", "invalid_expiry_month"),
        "CVV_FAILURE" or "VERIFY_CVV_FAILURE" => new("incorrect_cvc", "incorrect_cvc"),
        "ADDRESS_VERIFICATION_FAILURE" or "VERIFY_AVS_FAILURE" => new("incorrect_zip", "incorrect_zip"),
        "INVALID_POSTAL_CODE" => new("incorrect_zip", "incorrect_zip"),
        "PAN_FAILURE" or "INVALID_CARD" or "INVALID_CARD_DATA" => new("incorrect_number", "incorrect_number"),
        "INVALID_ACCOUNT" => new(Declined, "invalid_account"),
        "INVALID_PIN" => new(Declined, "incorrect_pin"),
        "ALLOWABLE_PIN_TRIES_EXCEEDED" => new(Declined, "pin_try_exceeded"),
        "CHIP_INSERTION_REQUIRED" => new(Declined, "offline_pin_required"),
        "CARD_DECLINED_VERIFICATION_REQUIRED" => new("authentication_required", "authentication_required"),
        "CARD_DECLINED_CALL_ISSUER" or "VOICE_FAILURE" => new(Declined, "call_issuer"),
        "TRANSACTION_LIMIT" or "PAYMENT_LIMIT_EXCEEDED" => new(Declined, "card_velocity_exceeded"),
        "CARDHOLDER_INSUFFICIENT_PERMISSIONS" => new(Declined, "transaction_not_allowed"),
        "CARD_NOT_SUPPORTED" or "UNSUPPORTED_CARD_BRAND" => new(Declined, "card_not_supported"),
        "BLOCKED_BY_BLOCKLIST" => new(Declined, "merchant_blacklist"),
        "TEMPORARY_ERROR" or "PROCESSING_ERROR" or "GATEWAY_TIMEOUT" => new("processing_error", "processing_error"),
        "CARD_PROCESSING_NOT_ENABLED" => new("processing_error", "service_not_allowed"),
        "GENERIC_DECLINE" or "CARD_DECLINED" => new(Declined, "generic_decline"),

        // A code that is not listed yet: the family is sure, Square's own word stays readable.
        var other => new(Declined, other.ToLowerInvariant()),
    };
}
