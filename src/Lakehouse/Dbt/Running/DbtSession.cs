using Recoup.Lakehouse.Dbt.Artifacts;
using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Jinja.Context;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Macros;
using Recoup.Lakehouse.Dbt.Projects;
using Recoup.Lakehouse.Dbt.Warehouses;

namespace Recoup.Lakehouse.Dbt.Running;

/// <summary>What one call of dbt works with.</summary>
internal sealed class DbtSession
{
    public required DbtCommand Command { get; init; }

    public required ProjectDefinition Project { get; init; }

    /// <summary>Where compiled SQL and results go.</summary>
    public required TargetFolder Target { get; init; }

    public required DbtProfile Profile { get; init; }

    public required MacroRegistry Macros { get; init; }

    public required DbtContextOptions Base { get; init; }

    /// <summary>Vars of the command line over those of the project.</summary>
    public required PyDict Variables { get; init; }

    /// <summary>Lines that templates logged for the console, in order.</summary>
    public required List<string> Console { get; init; }

    /// <summary>Warnings of parsing.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>All nodes; empty while they are parsed.</summary>
    public DbtManifest Manifest { get; set; } = new();

    /// <summary>Where statements run; there is none while nodes are parsed.</summary>
    public IWarehouse? Warehouse { get; set; }

    public IWarehouse RequireWarehouse() => Warehouse ?? throw new InvalidOperationException("No statement can run while the project is parsed.");
}
