using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Warehouses;

namespace Recoup.Lakehouse.Dbt.Graph;

/// <summary>A <c>ref(...)</c> as written.</summary>
internal sealed record RefCall(string Name, string? Package, string? Version);

/// <summary>
/// One thing of the project that has a unique id. Parsing fills it in steps (file, calls of <c>config()</c>, the entry in a schema file); after
/// linking nothing of it changes any more.
/// </summary>
internal sealed class DbtNode
{
    public required string UniqueId { get; init; }

    public required string ResourceType { get; init; }

    public required string Name { get; init; }

    public required string PackageName { get; init; }

    /// <summary>Below its folder of models, seeds or tests.</summary>
    public required string Path { get; init; }

    /// <summary>Below the project's folder: what messages name.</summary>
    public required string OriginalFilePath { get; init; }

    public required IReadOnlyList<string> Fqn { get; init; }

    public string RawCode { get; init; } = "";

    public string? Database { get; set; }

    public string Schema { get; set; } = "";

    /// <summary>The name of the relation; of a source its identifier.</summary>
    public string Alias { get; set; } = "";

    public PyDict Config { get; set; } = new();

    public PyDict UnrenderedConfig { get; set; } = new();

    public string Description { get; set; } = "";

    /// <summary>Columns by name, each as dbt's manifest writes it.</summary>
    public PyDict Columns { get; set; } = new();

    public List<RefCall> Refs { get; } = [];

    public List<(string Source, string Table)> Sources { get; } = [];

    /// <summary>Unique ids of the nodes that this one reads.</summary>
    public List<string> DependsOn { get; } = [];

    public List<string> MacroDependsOn { get; } = [];

    public string? PatchPath { get; set; }

    public string? Version { get; init; }

    public string? LatestVersion { get; set; }

    public string? DeprecationDate { get; set; }

    /// <summary>Columns that tests say are unique and never null.</summary>
    public IReadOnlyList<string> PrimaryKey { get; set; } = [];

    public GenericTestCall? Test { get; init; }

    public SourceTable? Source { get; init; }

    public ExposureProperties? Exposure { get; init; }

    public UnitTestDefinition? UnitTest { get; init; }

    public bool Enabled => Config.GetText("enabled") is not "False";

    public string Materialized => Config.GetText("materialized") ?? "view";

    public IReadOnlyList<string> Tags => Config.GetStrings("tags");

    public string? Group => Config.GetText("group");

    public string Access => Config.GetText("access") ?? "protected";

    /// <summary>As <c>--select</c> and <c>dbt ls</c> call it.</summary>
    public string SearchName => Source is not null ? $"{Source.SourceName}.{Name}" : Version is null ? Name : $"{Name}.v{Version}";

    public bool IsEphemeral => ResourceType == Graph.ResourceType.Model && Materialized == "ephemeral";

    /// <summary>Whether a table or view of this name exists after it ran.</summary>
    public bool IsRelational => !IsEphemeral && ResourceType is Graph.ResourceType.Model or Graph.ResourceType.Seed or Graph.ResourceType.Source;

    public Relation Relation => new(Database, Schema, Alias);

    /// <summary>As messages name it: <c>model totals (models/totals.sql)</c>.</summary>
    public string Place => $"{(ResourceType == Graph.ResourceType.SqlOperation ? "sql operation" : ResourceType)} {Name} ({OriginalFilePath})";
}
