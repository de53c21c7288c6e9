namespace Recoup.Payments;

/// <summary>A payment as the merchant asks for it: the body of <c>POST /payments</c> and of a record in <c>payments.requests</c>.</summary>
[GenerateSerializer, Immutable, Alias("recoup.submit-payment")]
public sealed record SubmitPayment
{
    [Id(0)] public required string CustomerId { get; init; }
    [Id(1)] public required string MerchantId { get; init; }

    /// <summary>Minor units of <see cref="Currency"/>, above 0.</summary>
    [Id(2)] public required long AmountMinor { get; init; }

    /// <summary>ISO 4217, upper case.</summary>
    [Id(3)] public required string Currency { get; init; }

    [Id(4)] public string? CardId { get; init; }

    /// <summary><c>visa</c>, <c>mastercard</c>, ... in lower case.</summary>
    [Id(5)] public string? CardNetwork { get; init; }

    /// <summary>ISO 3166, two upper-case letters.</summary>
    [Id(6)] public string? CardCountry { get; init; }
    [Id(7)] public string? BillingCountry { get; init; }

    /// <summary>The merchant's own notes; at most 50 entries, kept as they are.</summary>
    [Id(8)] public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>Who set off the first charge. Recoup's own retries are always the merchant's.</summary>
    [Id(9)] public Initiator InitiatedBy { get; init; }
    [Id(10)] public string? SubscriptionId { get; init; }
}

/// <summary>The networks count attempts set off by the customer and by the merchant apart.</summary>
[GenerateSerializer, Alias("recoup.initiator")]
public enum Initiator
{
    Customer,
    Merchant,
}

/// <summary>What became of a submit. <see cref="Payment"/> is the payment as it is now, unless the submit conflicts.</summary>
[GenerateSerializer, Immutable, Alias("recoup.submit-outcome")]
public sealed record SubmitOutcome
{
    [Id(0)] public required SubmitResult Result { get; init; }
    [Id(1)] public PaymentView? Payment { get; init; }

    /// <summary>The parameters (as they are called in JSON) in which this submit differs from the first one under its key.</summary>
    [Id(2)] public IReadOnlyList<string> Differs { get; init; } = [];
}

[GenerateSerializer, Alias("recoup.submit-result")]
public enum SubmitResult
{
    /// <summary>New, and on disk.</summary>
    Accepted,

    /// <summary>Submitted before with the same parameters: nothing was done.</summary>
    AlreadySubmitted,

    /// <summary>Submitted before with other parameters: nothing was done.</summary>
    Conflict,
}
