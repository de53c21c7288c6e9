using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Recoup.Silo.Settings;

/// <summary>Section <c>Attention</c>: the sweep that finds grains with something left to do.</summary>
public sealed class AttentionOptions
{
    public const string Section = "Attention";

    /// <summary>Wall time between two sweeps. Default 3 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// How far the sweep at start looks ahead: what a grain was doing when the process ended was to be looked at this much later at most. Default 30 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan LookAheadAtStart { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Rows read at a time. Default 500.</summary>
    [Range(1, 100_000)]
    public int PageSize { get; set; } = 500;

    /// <summary>Grains called at once. Default 64.</summary>
    [Range(1, 10_000)]
    public int ConcurrencyMax { get; set; } = 64;
}

[OptionsValidator]
internal sealed partial class AttentionOptionsValidator : IValidateOptions<AttentionOptions>;
