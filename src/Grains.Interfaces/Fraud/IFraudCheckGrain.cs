using Recoup.Payments;

namespace Recoup.Fraud;

/// <summary>Scores a payment before its first attempt. A stateless worker; the key is 0.</summary>
[Alias("recoup.fraud-check")]
public interface IFraudCheckGrain : IGrainWithIntegerKey
{
    [Alias("check")]
    Task<FraudVerdict> CheckAsync(SubmitPayment payment, DateTimeOffset now);
}

[GenerateSerializer, Immutable, Alias("recoup.fraud-verdict")]
public sealed record FraudVerdict
{
    /// <summary>0 (nothing suspicious) to 1.</summary>
    [Id(0)] public required double Score { get; init; }
    [Id(1)] public required bool Blocked { get; init; }

    /// <summary>The features that raised the score, such as <c>country_mismatch</c>; the heaviest first.</summary>
    [Id(2)] public IReadOnlyList<string> Reasons { get; init; } = [];
}
