using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Graph;

/// <summary>All that parsing found.</summary>
internal sealed class DbtManifest
{
    /// <summary>Enabled nodes of every kind by unique id, in the order of dbt's manifest.</summary>
    public Dictionary<string, DbtNode> Nodes { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, DbtNode> Disabled { get; } = new(StringComparer.Ordinal);

    /// <summary>Blocks of docs by name.</summary>
    public Dictionary<string, DocsBlock> Docs { get; } = new(StringComparer.Ordinal);

    /// <summary>Groups by name, each with its owner.</summary>
    public Dictionary<string, DbtGroup> Groups { get; } = new(StringComparer.Ordinal);

    /// <summary>What schema files say of macros, by name.</summary>
    public Dictionary<string, PyDict> MacroPatches { get; } = new(StringComparer.Ordinal);

    /// <summary>What <c>ref</c> finds: models, seeds and snapshots; without a version the latest of a versioned model.</summary>
    public DbtNode? FindReferable(string name, string? package, string? version) => FindReferable(Nodes.Values, name, package, version);

    public DbtNode? FindDisabled(string name, string? package, string? version) => FindReferable(Disabled.Values, name, package, version);

    public DbtNode? FindSource(string source, string table) =>
        Nodes.Values.FirstOrDefault(node => node.Source?.SourceName == source && node.Name == table);

    private static DbtNode? FindReferable(IEnumerable<DbtNode> nodes, string name, string? package, string? version) => nodes.FirstOrDefault(node =>
        node.ResourceType is ResourceType.Model or ResourceType.Seed && node.Name == name && (package is null || node.PackageName == package)
        && (version is null ? node.Version is null || node.Version == node.LatestVersion : node.Version == version));
}

/// <summary>A <c>{% docs %}</c> block.</summary>
internal sealed record DocsBlock(string Name, string PackageName, string Path, string OriginalFilePath, string Contents);

/// <summary>A group of a schema file.</summary>
internal sealed record DbtGroup(string Name, string PackageName, string Path, string OriginalFilePath, PyDict Owner, PyDict Config, string? Description);
