using System.Globalization;
using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Projects;

namespace Recoup.Lakehouse.Dbt.Parsing;

/// <summary>Drafts of the nodes that are files: models, seeds, analyses, singular tests.</summary>
internal sealed class FileNodes(ProjectDefinition project, SchemaEntries entries)
{
    public IEnumerable<NodeDraft> Models() => ProjectFiles.Find(project, project.ModelPaths, ".sql", ".py").SelectMany(Model);

    public IEnumerable<NodeDraft> Seeds() => ProjectFiles.Find(project, project.SeedPaths, ".csv")
        .Select(file => Draft(file, ResourceType.Seed, entries.Patch("seeds", NameOf(file)), [], ""));

    public IEnumerable<NodeDraft> Analyses() => ProjectFiles.Find(project, project.AnalysisPaths, ".sql")
        .Select(file => Draft(file, ResourceType.Analysis, entries.Patch("analyses", NameOf(file)), ["analysis"], file.ReadStripped()));

    public IEnumerable<NodeDraft> SingularTests() => ProjectFiles.Find(project, project.TestPaths, ".sql")
        .Where(file => !file.Path.StartsWith("generic/", StringComparison.Ordinal) && !file.Path.StartsWith("fixtures/", StringComparison.Ordinal))
        .Select(file => Draft(file, ResourceType.Test, entries.Patch("data_tests", NameOf(file)), [], file.ReadStripped()));

    /// <summary>Snapshots are files too; they are refused before anything runs.</summary>
    public void RefuseSnapshots()
    {
        if (ProjectFiles.Find(project, project.SnapshotPaths, ".sql").FirstOrDefault() is { } file)
        {
            throw DbtProjectException.Unsupported("A snapshot", file.OriginalPath, 1, "Keep history in an incremental model.");
        }
    }

    private IEnumerable<NodeDraft> Model(ProjectFile file)
    {
        if (file.Path.EndsWith(".py", StringComparison.OrdinalIgnoreCase))
        {
            throw DbtProjectException.Unsupported("A Python model", file.OriginalPath, 1, "Write it in SQL.");
        }

        var versions = entries.Of("models").SelectMany(entry => Versions(entry).Where(version => version.File == NameOf(file))).ToList();
        return versions.Count > 0
            ? versions.Select(version => VersionedModel(file, version))
            : [Draft(file, ResourceType.Model, entries.Patch("models", NameOf(file)), [], file.ReadStripped())];
    }

    private NodeDraft VersionedModel(ProjectFile file, ModelVersion version)
    {
        entries.Patch("models", version.Entry.Name);
        var folders = Folders(file);
        var node = new DbtNode
        {
            UniqueId = $"model.{project.Name}.{version.Entry.Name}.v{version.Version}",
            ResourceType = ResourceType.Model,
            Name = version.Entry.Name,
            PackageName = project.Name,
            Path = file.Path,
            OriginalFilePath = file.OriginalPath,
            Fqn = [project.Name, .. folders, version.Entry.Name, $"v{version.Version}"],
            RawCode = file.ReadStripped(),
            Version = version.Version,
            LatestVersion = version.Latest,
            DeprecationDate = version.Values.GetText("deprecation_date"),
        };
        var config = version.Values.GetDictionary("config").Over(version.Entry.Config);
        Describe(node, version.Entry, version.Values.ContainsKey("columns") ? VersionColumns(version) : ColumnReader.Read(version.Entry.Values));
        return new NodeDraft(node, config, config, node.RawCode);
    }

    /// <summary>A version's columns start from those of the model, by <c>include</c> and <c>exclude</c>.</summary>
    private static PyDict VersionColumns(ModelVersion version)
    {
        var items = version.Values.GetItems("columns").OfType<PyDict>().ToList();
        var rule = items.FirstOrDefault(item => item.ContainsKey("include"));
        var excluded = rule?.GetStrings("exclude") ?? [];
        var included = rule is null || rule.Get("include") is "all" or "*" ? null : rule.GetStrings("include");
        var inherited = ColumnReader.Read(version.Entry.Values)
            .Where(column => !excluded.Contains(column.KeyText()) && (included is null || included.Contains(column.KeyText())));
        return new PyDict([.. inherited, .. ColumnReader.Read(version.Values)]);
    }

    private static IEnumerable<ModelVersion> Versions(SchemaEntry entry)
    {
        var versions = entry.Values.GetItems("versions").OfType<PyDict>().ToList();
        var latest = entry.Values.GetText("latest_version") ?? versions.Select(version => version.GetText("v")!).OrderBy(Order).LastOrDefault();
        return versions.Select(version => new ModelVersion(
            entry, version, version.GetText("v")!, latest!, version.GetText("defined_in") ?? $"{entry.Name}_v{version.GetText("v")}"));
    }

    private static (double Number, string Text) Order(string version) =>
        (double.TryParse(version, CultureInfo.InvariantCulture, out var number) ? number : double.MaxValue, version);

    private NodeDraft Draft(ProjectFile file, string resourceType, SchemaEntry? entry, IReadOnlyList<string> prefix, string code)
    {
        var name = NameOf(file);
        var node = new DbtNode
        {
            UniqueId = $"{resourceType}.{project.Name}.{name}",
            ResourceType = resourceType,
            Name = name,
            PackageName = project.Name,
            Path = string.Join('/', [.. prefix, file.Path]),
            OriginalFilePath = file.OriginalPath,
            Fqn = [project.Name, .. prefix, .. Folders(file), name],
            RawCode = code,
        };
        if (entry is not null)
        {
            Describe(node, entry, ColumnReader.Read(entry.Values));
        }

        return new NodeDraft(node, entry?.Config, entry?.UnrenderedConfig, resourceType == ResourceType.Seed ? null : code);
    }

    private void Describe(DbtNode node, SchemaEntry entry, PyDict columns)
    {
        node.Description = entry.Values.GetText("description") ?? "";
        node.Columns = columns;
        node.PatchPath = $"{project.Name}://{entry.File}";
    }

    private static string NameOf(ProjectFile file) => System.IO.Path.GetFileNameWithoutExtension(file.Path);

    private static string[] Folders(ProjectFile file) => file.Path.Split('/')[..^1];

    private sealed record ModelVersion(SchemaEntry Entry, PyDict Values, string Version, string Latest, string File);
}
