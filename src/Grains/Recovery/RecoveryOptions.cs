using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Recoup.Recovery;

/// <summary>Where the recovery workflows run.</summary>
public sealed class RecoveryOptions
{
    public const string TaskQueue = "recoup-recovery";

    /// <summary><c>host:port</c> of a Temporal frontend (<c>Temporal__Address</c>), or of the embedded server.</summary>
    [Required]
    public string Address { get; set; } = "127.0.0.1:7233";

    /// <summary><c>Temporal__Namespace</c>.</summary>
    [Required]
    public string Namespace { get; set; } = "default";

    /// <summary>Wall time that the start waits for the server to answer; 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(60);
}

[OptionsValidator]
public sealed partial class RecoveryOptionsValidator : IValidateOptions<RecoveryOptions>;
