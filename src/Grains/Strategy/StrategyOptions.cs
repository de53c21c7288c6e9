using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Recoup.Strategy;

/// <summary>How often and how long a payment is tried again. The network's rules hold whatever is set here.</summary>
public sealed class StrategyOptions
{
    public const string Section = "Strategy";

    /// <summary>Retries after the first charge; 8 as Stripe recommends.</summary>
    [Range(0, 100)]
    public int RetriesMax { get; set; } = 8;

    /// <summary>Days after the first decline in which all of them lie; 14.</summary>
    [Range(1, 45)]
    public int WindowDays { get; set; } = 14;

    /// <summary>
    /// The static plan after the first retry: days after the first decline, ascending, joined by commas. Text, because a list in configuration is added to
    /// the default one instead of replacing it.
    /// </summary>
    [Required, RegularExpression(@"^\d{1,2}(,\d{1,2})*$", ErrorMessage = "PlanDays must be days joined by commas, such as 1,2,3,5.")]
    public string PlanDays { get; set; } = "1,2,3,5,7,9,11,14";

    /// <summary>The customer's day begins at this local hour; 8.</summary>
    [Range(0, 23)]
    public int DaytimeFromHour { get; set; } = 8;

    /// <summary>The customer's day ends at this local hour; 20.</summary>
    [Range(1, 24)]
    public int DaytimeToHour { get; set; } = 20;
}

[OptionsValidator]
public sealed partial class StrategyOptionsValidator : IValidateOptions<StrategyOptions>;
