using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Projects;

/// <summary><c>dbt_project.yml</c>, its values rendered.</summary>
/// <param name="Root">The project's folder, absolute.</param>
/// <param name="Values">The whole file.</param>
/// <param name="Unrendered">The whole file as written.</param>
internal sealed record ProjectDefinition(string Name, string Root, PyDict Values, PyDict Unrendered)
{
    public IReadOnlyList<string> ModelPaths => Paths("model-paths", "models");

    public IReadOnlyList<string> SeedPaths => Paths("seed-paths", "seeds");

    public IReadOnlyList<string> TestPaths => Paths("test-paths", "tests");

    public IReadOnlyList<string> AnalysisPaths => Paths("analysis-paths", "analyses");

    public IReadOnlyList<string> MacroPaths => Paths("macro-paths", "macros");

    public IReadOnlyList<string> SnapshotPaths => Paths("snapshot-paths", "snapshots");

    /// <summary>Where docs blocks are looked for: everywhere, unless <c>docs-paths</c> says where.</summary>
    public IReadOnlyList<string> DocsPaths => Values.ContainsKey("docs-paths")
        ? Values.GetStrings("docs-paths")
        : [.. ModelPaths, .. SeedPaths, .. AnalysisPaths, .. MacroPaths, .. SnapshotPaths, .. TestPaths];

    public string TargetPath => Values.GetText("target-path") ?? "target";

    /// <summary>Vars of the file: the project's own over those for all packages.</summary>
    public PyDict Variables
    {
        get
        {
            var all = Values.GetDictionary("vars");
            return new PyDict([.. all.Where(entry => entry.Key as string != Name || entry.Value is not PyDict), .. all.GetDictionary(Name)]);
        }
    }

    /// <summary>A path of the project as messages and ids have it.</summary>
    public string Relative(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private IReadOnlyList<string> Paths(string key, string standard) => Values.ContainsKey(key) ? Values.GetStrings(key) : [standard];
}
