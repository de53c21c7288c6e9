using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Recoup.Customers;

public sealed class CustomerOptions
{
    public const string Section = "Customers";

    /// <summary>Share of the customers whose recoveries always follow the baseline, so that a learned strategy can be measured against it; 0.1.</summary>
    [Range(0.0, 1.0)]
    public double HoldoutShare { get; set; } = 0.1;
}

[OptionsValidator]
public sealed partial class CustomerOptionsValidator : IValidateOptions<CustomerOptions>;
