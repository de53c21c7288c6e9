using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Recoup.Silo.Settings;

/// <summary>Section <c>Temporal</c>.</summary>
public sealed class TemporalOptions
{
    public const string Section = "Temporal";

    /// <summary><c>host:port</c> of a Temporal frontend; empty: the embedded server is started on 127.0.0.1.</summary>
    [RegularExpression("^$|^[^:/ ]+:[0-9]{1,5}$", ErrorMessage = "Temporal__Address must be host:port, such as temporal:7233.")]
    public string Address { get; set; } = "";

    [Required]
    public string Namespace { get; set; } = "default";

    /// <summary>Port of the embedded server.</summary>
    [Range(1, 65_535)]
    public int Port { get; set; } = 7233;

    public bool IsEmbedded => Address.Length == 0;

    /// <summary>Where client and worker connect.</summary>
    public string TargetAddress => IsEmbedded ? $"127.0.0.1:{Port}" : Address;
}

[OptionsValidator]
internal sealed partial class TemporalOptionsValidator : IValidateOptions<TemporalOptions>;
