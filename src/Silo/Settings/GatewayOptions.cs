using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Recoup.Silo.Settings;

/// <summary>Section <c>Gateway</c>: who processes payments.</summary>
public sealed class GatewayOptions
{
    public const string Section = "Gateway";

    [RegularExpression("^Simulated$", ErrorMessage = "Gateway__Provider must be Simulated: no other processor exists yet.")]
    public string Provider { get; set; } = "Simulated";

    /// <summary>Which simulated world it is; null: that of the data folder, in a new one a random one, which is printed.</summary>
    public int? Seed { get; set; }

    /// <summary>What is to go wrong, as docs/SIMULATION.md lists it; empty: nothing.</summary>
    public string Faults { get; set; } = "";
}

[OptionsValidator]
internal sealed partial class GatewayOptionsValidator : IValidateOptions<GatewayOptions>;
