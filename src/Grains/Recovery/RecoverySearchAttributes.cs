using Temporalio.Common;

namespace Recoup.Recovery;

/// <summary>Search attributes of recovery workflows; all are keywords. A Temporal cluster needs them registered once, see docs/RECOVERY.md.</summary>
public static class RecoverySearchAttributes
{
    public static readonly SearchAttributeKey<string> PaymentId = SearchAttributeKey.CreateKeyword("PaymentId");

    public static readonly SearchAttributeKey<string> CustomerId = SearchAttributeKey.CreateKeyword("CustomerId");

    /// <summary>The newest failure code.</summary>
    public static readonly SearchAttributeKey<string> FailureCode = SearchAttributeKey.CreateKeyword("FailureCode");

    /// <summary>The payment's status, as the workflow last saw it.</summary>
    public static readonly SearchAttributeKey<string> RecoveryStatus = SearchAttributeKey.CreateKeyword("RecoveryStatus");

    public static IReadOnlyList<string> Names { get; } = ["PaymentId", "CustomerId", "FailureCode", "RecoveryStatus"];
}
