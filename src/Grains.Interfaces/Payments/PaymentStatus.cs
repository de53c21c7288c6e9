using System.Text.Json;
using Recoup.Strategy;

namespace Recoup.Payments;

/// <summary>Where a payment stands. The allowed moves are in <c>PaymentTransitions</c>.</summary>
[GenerateSerializer, Alias("recoup.payment-status")]
public enum PaymentStatus
{
    /// <summary>On disk, not tried yet.</summary>
    Submitted,

    /// <summary>The fraud check refused it: no attempt was made.</summary>
    Blocked,

    /// <summary>The first attempt is at the gateway, or its result is being looked up.</summary>
    Charging,

    /// <summary>The first attempt collected the money.</summary>
    Succeeded,

    /// <summary>Declined; the workflow <c>recover-{payment_id}</c> is at work.</summary>
    Recovering,

    /// <summary>A later attempt collected the money, or the customer paid elsewhere.</summary>
    Recovered,

    /// <summary>Nothing allowed is left to try.</summary>
    Failed,

    Cancelled,

    /// <summary>All of the money went back.</summary>
    Refunded,

    /// <summary>The cardholder disputes the charge, or won the dispute.</summary>
    Disputed,
}

/// <summary>Enumerations in the words of the API.</summary>
public static class PaymentNames
{
    /// <summary><c>recovering</c>, ...</summary>
    public static string Name(this PaymentStatus status) => JsonNamingPolicy.SnakeCaseLower.ConvertName(status.ToString());

    /// <summary><c>same_card</c>, ...</summary>
    public static string Name(this RecoveryMethod method) => JsonNamingPolicy.SnakeCaseLower.ConvertName(method.ToString());
}
