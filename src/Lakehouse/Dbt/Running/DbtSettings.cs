using Recoup.Lakehouse.Dbt.Projects;
using Recoup.Lakehouse.Dbt.Warehouses;

namespace Recoup.Lakehouse.Dbt.Running;

/// <summary>What does not change between two calls of an <see cref="EmbeddedDbtRunner"/>.</summary>
/// <param name="ProjectFolder">Where <c>dbt_project.yml</c> is.</param>
/// <param name="ProfilesFolder">Where <c>profiles.yml</c> is.</param>
internal sealed record DbtSettings(string ProjectFolder, string ProfilesFolder)
{
    /// <summary>Over the profile's own target; <see langword="null"/> for that.</summary>
    public string? Target { get; init; }

    /// <summary>Where compiled SQL and results go; <see langword="null"/> for the project's <c>target-path</c>.</summary>
    public string? TargetFolder { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>An environment variable; <see langword="null"/> where it is not set.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>Opens the warehouse of a target.</summary>
    public required Func<DbtProfile, IWarehouse> OpenWarehouse { get; init; }
}
