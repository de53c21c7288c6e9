using Recoup.Attention;
using Recoup.Payments;

namespace Recoup.Webhooks;

/// <summary>
/// What a payment id stands for among the providers' events: itself, or an older payment that it turned out to be. The key is the payment id.
/// All facts of a payment pass through it one at a time, so none reaches a payment after it was joined to another one.
/// </summary>
[Alias("recoup.payment-identity")]
public interface IPaymentIdentityGrain : IGrainWithStringKey, IAttentive
{
    /// <summary>Makes the identity unless it exists; what it was made with never changes.</summary>
    /// <param name="namedAt">Wall time; of two payments that are one, the older keeps its id.</param>
    /// <param name="isOwn">True for a payment that Recoup's own attempts named: it is older than any that an alias named, and is never joined to another own one.</param>
    [Alias("ensure")]
    Task<PaymentIdentity> EnsureAsync(DateTimeOffset namedAt, bool isOwn);

    /// <summary>Joins this payment to an older one, for ever; when it was joined before, nothing is changed. The payment is told, again after a crash.</summary>
    [Alias("join")]
    Task<PaymentIdentity> JoinAsync(string olderPaymentId);

    /// <summary>Reports the facts to the payment. When it does not take one yet, the inbox key waits here and is woken when the payment has moved.</summary>
    [Alias("report")]
    Task<ReportAnswer> ReportAsync(string inboxKey, IReadOnlyList<ProviderFact> facts);

    /// <summary>The same for money that came in by other means.</summary>
    [Alias("report-paid")]
    Task<ReportAnswer> ReportPaidAsync(string inboxKey, PaidElsewhere paid);

    /// <summary>This inbox key no longer waits here: it was applied, or waits at another payment.</summary>
    [Alias("forget")]
    Task ForgetAsync(string inboxKey);
}

[GenerateSerializer, Immutable, Alias("recoup.payment-identity-view")]
public sealed record PaymentIdentity
{
    [Id(0)] public required string PaymentId { get; init; }
    [Id(1)] public required DateTimeOffset NamedAt { get; init; }
    [Id(2)] public required bool IsOwn { get; init; }

    /// <summary>The older payment that this one turned out to be; it may itself have been joined.</summary>
    [Id(3)] public string? JoinedTo { get; init; }

    /// <summary>A fixed order of all payments: joins go from the younger to the older, so they never form a circle.</summary>
    public bool IsOlderThan(PaymentIdentity other) =>
        IsOwn != other.IsOwn ? IsOwn
        : NamedAt != other.NamedAt ? NamedAt < other.NamedAt
        : string.CompareOrdinal(PaymentId, other.PaymentId) < 0;
}

[GenerateSerializer, Immutable, Alias("recoup.report-answer")]
public sealed record ReportAnswer
{
    [Id(0)] public required ReportResult Result { get; init; }

    /// <summary>Where to report instead.</summary>
    [Id(1)] public string? JoinedTo { get; init; }

    /// <summary>For people: why the payment did not take it yet.</summary>
    [Id(2)] public string? Reason { get; init; }
}

[GenerateSerializer, Alias("recoup.report-result")]
public enum ReportResult
{
    /// <summary>The payment has all of the facts.</summary>
    Taken,

    /// <summary>No payment is here yet, or it cannot take a fact in its present state: the inbox key waits.</summary>
    Waiting,

    /// <summary>The payment was joined to <see cref="ReportAnswer.JoinedTo"/>: nothing was done.</summary>
    Joined,
}
