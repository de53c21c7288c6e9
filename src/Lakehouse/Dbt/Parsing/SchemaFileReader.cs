using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Projects;
using Recoup.Lakehouse.Dbt.Yaml;

namespace Recoup.Lakehouse.Dbt.Parsing;

/// <summary>Reads all schema files into their entries.</summary>
/// <param name="globals">What templates in them see.</param>
internal sealed class SchemaFileReader(ProjectDefinition project, IReadOnlyDictionary<string, object?> globals)
{
    private static readonly HashSet<string> Sections = new(StringComparer.Ordinal)
    {
        "models", "seeds", "analyses", "macros", "sources", "exposures", "groups", "unit_tests", "data_tests",
    };

    private static readonly Dictionary<string, string> Refused = new(StringComparer.Ordinal)
    {
        ["snapshots"] = "Keep history in an incremental model.",
        ["metrics"] = "Write the metric as a model.",
        ["semantic_models"] = "Write the metric as a model.",
        ["saved_queries"] = "Write the query as a model.",
        ["functions"] = "Write the function as a macro.",
    };

    public IReadOnlyList<SchemaEntry> Read() => [.. ProjectFiles.Find(
        project,
        [.. project.ModelPaths, .. project.SeedPaths, .. project.TestPaths, .. project.AnalysisPaths, .. project.MacroPaths, .. project.SnapshotPaths],
        ".yml", ".yaml").SelectMany(ReadFile)];

    private IEnumerable<SchemaEntry> ReadFile(ProjectFile file)
    {
        var document = YamlFile.Read(file.FullPath, file.OriginalPath);
        return document.Root switch
        {
            null => [],
            PyDict root => root.SelectMany(section => Section(document, file, section.KeyText(), section.Value)),
            _ => throw Refuse(file, "is not a dictionary"),
        };
    }

    private IEnumerable<SchemaEntry> Section(YamlDocument document, ProjectFile file, string section, object? value)
    {
        if (Refused.TryGetValue(section, out var instead) && value is PyList { Count: > 0 } refused)
        {
            throw DbtProjectException.Unsupported($"The key '{section}'", file.OriginalPath, document.LineOf(refused), instead);
        }

        if (!Sections.Contains(section) || value is null)
        {
            return [];
        }

        return value is PyList items
            ? items.Select((item, index) => Entry(document, file, section, items, item, index))
            : throw Refuse(file, $"the value of '{section}' is not a list");
    }

    private SchemaEntry Entry(YamlDocument document, ProjectFile file, string section, PyList items, object? item, int index)
    {
        var line = document.LineOf(items, index);
        var entry = item as PyDict ?? throw Refuse(file, $"a list element for '{section}' is not a dictionary", line);
        if (entry.GetText("name") is null)
        {
            throw Refuse(file, $"a list element for '{section}' does not have a name attribute", line);
        }

        var rendered = (PyDict)new YamlRendering(globals, file.OriginalPath).Render(entry, key => key is not ("description" or "tests" or "data_tests" or "given" or "expect" or "overrides"))!;
        var read = new SchemaEntry(section, rendered, entry, file.OriginalPath, line, file.Path);
        SchemaValidation.Check(read);
        return read;
    }

    private static DbtProjectException Refuse(ProjectFile file, string why, int? line = null) =>
        DbtProjectException.Parsing($"The schema file at {file.OriginalPath} is invalid because {why}{(line is null ? "" : $" (line {line})")}");
}
