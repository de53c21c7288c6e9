using Recoup.Strategy;

namespace Recoup.Gateways;

/// <summary>Sends the customer a message: update your card, enter the CVC at the processor, please get in touch. Sending it twice under one id sends one.</summary>
public interface ICustomerMessenger
{
    Task SendAsync(CustomerMessage message, CancellationToken cancellationToken);
}

public sealed record CustomerMessage
{
    /// <summary><c>{payment_id}:message:{decision number}</c>.</summary>
    public required string MessageId { get; init; }
    public required string PaymentId { get; init; }
    public required string CustomerId { get; init; }
    public string? CardId { get; init; }

    /// <summary>What is asked for: <c>request_card_update</c>, <c>retry_with_correct_cvc</c> or <c>contact_customer</c>.</summary>
    public required RecoveryMethod Method { get; init; }
}
