using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Recoup.Lakehouse.FlinkSql.Running;

/// <summary>How large a batch may become before it is committed.</summary>
public sealed class ScriptRunnerOptions
{
    /// <summary>Records; 10,000 by default.</summary>
    [Range(1, 1_000_000)]
    public int RowsMax { get; set; } = 10_000;

    /// <summary>
    /// Batches of one script that may be computed beside each other, each with a thread and a database of its own; as many more
    /// wait for their commit, in order. A database is made when a batch is ready while the others are busy. 2 by default.
    /// </summary>
    [Range(1, 64)]
    public int LanesMax { get; set; } = 2;

    /// <summary>How old its first record may become while it is filled; 0.4 s by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan AgeMax { get; set; } = TimeSpan.FromSeconds(0.4);

    /// <summary>Days that the rows of one table may fall on: each is a file. 32 by default.</summary>
    [Range(1, 10_000)]
    public int DaysMax { get; set; } = 32;

    /// <summary>The pause after the first failure; it doubles with each further one, up to a minute. 1 s by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan RetryPause { get; set; } = TimeSpan.FromSeconds(1);
}

[OptionsValidator]
public sealed partial class ScriptRunnerOptionsValidator : IValidateOptions<ScriptRunnerOptions>;
