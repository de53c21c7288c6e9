using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Recoup.Silo.Settings;

/// <summary>Section <c>Orleans</c>. Both ports are on loopback: one silo on one machine.</summary>
public sealed class SiloPortOptions
{
    public const string Section = "Orleans";

    [Range(1, 65_535)]
    public int SiloPort { get; set; } = 11_111;

    /// <summary>Where clients such as the console's <c>simulate</c> connect.</summary>
    [Range(1, 65_535)]
    public int GatewayPort { get; set; } = 30_000;
}

[OptionsValidator]
internal sealed partial class SiloPortOptionsValidator : IValidateOptions<SiloPortOptions>;
