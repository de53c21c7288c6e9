using Recoup.Customers;
using Recoup.Payments;

namespace Recoup.Webhooks;

/// <summary>What a provider's event says, in Recoup's words. It is a pure function of the body.</summary>
public sealed record ProviderEvent
{
    public required string MerchantId { get; init; }

    /// <summary>
    /// Ids of the one payment that the event is about, the id that most events of a payment carry first: so that concurrent events of a new payment
    /// meet at the same alias.
    /// </summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The payment whose own attempt or refund this is, by the idempotency key that the provider gave back.</summary>
    public string? OwnPaymentId { get; init; }

    public IReadOnlyList<ProviderFact> Facts { get; init; } = [];

    /// <summary>The provider was told that the money came in by other means.</summary>
    public PaidElsewhere? Paid { get; init; }

    public Subscription? Subscription { get; init; }

    /// <summary>Whose subscription it is.</summary>
    public string? CustomerId { get; init; }

    /// <summary>For people: why the event has no effect.</summary>
    public string? Note { get; init; }

    /// <summary>What makes the event one that must be refused; it holds nothing of the payload.</summary>
    public IReadOnlyList<FieldFault> Faults { get; init; } = [];

    /// <summary>True when it only tells that several provider ids mean one payment.</summary>
    public bool OnlyLinks => Facts.Count == 0 && Paid is null && Aliases.Count > 1;

    /// <summary>True when it tells of a payment without any id of one: there is nothing to apply it to.</summary>
    public bool IsAboutNoPayment => Aliases.Count == 0 && OwnPaymentId is null && (Facts.Count > 0 || Paid is not null);

    public static ProviderEvent Kept(string merchantId, string note) => new() { MerchantId = merchantId, Note = note };
}

/// <param name="Field">Path in the body: <c>data.object.currency</c>.</param>
/// <param name="Reason">What is wrong and what would be right, without the value.</param>
public sealed record FieldFault(string Field, string Reason);
