using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Recoup.Silo.Settings;

/// <summary>Section <c>Recoup</c>.</summary>
public sealed class RecoupOptions
{
    public const string Section = "Recoup";

    /// <summary>Everything that the embedded engines keep. One process at a time holds it. Default <c>./data</c>.</summary>
    [Required]
    public string DataDirectory { get; set; } = "./data";
}

[OptionsValidator]
internal sealed partial class RecoupOptionsValidator : IValidateOptions<RecoupOptions>;
