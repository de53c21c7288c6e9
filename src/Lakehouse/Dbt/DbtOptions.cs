using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Recoup.Lakehouse.Dbt;

/// <summary>What runs the dbt project.</summary>
public enum DbtRunnerKind
{
    /// <summary>This process.</summary>
    Embedded,

    /// <summary>The <c>dbt</c> executable.</summary>
    Cli,
}

/// <summary>Section <c>Dbt</c>.</summary>
public sealed class DbtOptions
{
    public const string Section = "Dbt";

    /// <summary>Default: this process.</summary>
    public DbtRunnerKind Runner { get; set; } = DbtRunnerKind.Embedded;

    /// <summary>The folder of <c>dbt_project.yml</c>. Default <c>dbt</c>.</summary>
    [Required]
    public string ProjectFolder { get; set; } = "dbt";

    /// <summary>The folder of <c>profiles.yml</c>. Default: that of the project.</summary>
    public string? ProfilesFolder { get; set; }

    /// <summary>The target of the profile. Default: the one that the profile names.</summary>
    public string? Target { get; set; }

    /// <summary>The executable for <see cref="DbtRunnerKind.Cli"/>. Default <c>dbt</c>, found on the path.</summary>
    [Required]
    public string Executable { get; set; } = "dbt";

    /// <summary>Where compiled SQL and results of the embedded runner go; two processes must not share it. Default: the project's <c>target-path</c>.</summary>
    public string? TargetFolder { get; set; }

    internal string Profiles => ProfilesFolder ?? ProjectFolder;
}

[OptionsValidator]
internal sealed partial class DbtOptionsValidator : IValidateOptions<DbtOptions>;
