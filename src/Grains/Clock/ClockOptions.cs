using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Recoup.Clock;

/// <summary>Section <c>Clock</c>.</summary>
public sealed class ClockOptions
{
    public const string Section = "Clock";

    /// <summary>Business seconds a wall second. Default 1: business time is wall time.</summary>
    [Range(0.001, 10_000_000)]
    public double Scale { get; set; } = 1;

    /// <summary>
    /// How far behind the wall clock business time starts in a new data folder. A clock that starts behind never passes the wall clock: it goes on at
    /// scale 1 once it has caught up. Default zero.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "36500.00:00:00")]
    public TimeSpan StartsBefore { get; set; }
}

[OptionsValidator]
public sealed partial class ClockOptionsValidator : IValidateOptions<ClockOptions>;
