using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Recoup.Pipeline.Alerts;
using Recoup.Pipeline.Monitors;

namespace Recoup.Pipeline;

/// <summary>Section <c>Pipeline</c>.</summary>
public sealed class PipelineOptions
{
    public const string Section = "Pipeline";

    /// <summary>
    /// When it runs, as a Quartz cron expression over business time in UTC (second, minute, hour, day, month, weekday). Default: at the start of every
    /// hour. <c>Never</c> leaves only runs that somebody asks for.
    /// </summary>
    [Required]
    public string Cron { get; set; } = "0 0 * * * ?";

    [ValidateObjectMembers]
    public MonitorThresholds Monitors { get; set; } = new();

    [ValidateObjectMembers]
    public AlertOptions Alerts { get; set; } = new();
}

[OptionsValidator]
public sealed partial class PipelineOptionsValidator : IValidateOptions<PipelineOptions>;
