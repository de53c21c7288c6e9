using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Recoup.Fraud;

public sealed class FraudOptions
{
    public const string Section = "Fraud";

    /// <summary>A payment with at least this score is blocked; 0.6. Above 1 nothing is.</summary>
    [Range(0.01, 2.0)]
    public double BlockFromScore { get; set; } = 0.6;

    /// <summary>Major units from which an amount is high for a customer without history (JPY: a hundred times as many); 1,000.</summary>
    [Range(1, 1_000_000)]
    public long HighAmountMajor { get; set; } = 1_000;
}

[OptionsValidator]
public sealed partial class FraudOptionsValidator : IValidateOptions<FraudOptions>;
