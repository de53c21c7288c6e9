using System.Text.Json.Nodes;
using Recoup.Lakehouse.Tests.Iceberg.Golden;

namespace Recoup.Lakehouse.Tests.Dbt;

/// <summary>One of the projects that real dbt ran, with what it made of it.</summary>
internal sealed record GoldenProject(string Folder)
{
    public string ProjectFolder => Path.Combine(Folder, "project");

    public static IEnumerable<string> All()
    {
        var folder = Root();
        return Directory.Exists(folder) ? Directory.EnumerateDirectories(folder).Select(project => Path.GetFileName(project)!).Order(StringComparer.Ordinal) : [""];
    }

    public static GoldenProject Open(string name)
    {
        if (name.Length == 0)
        {
            Assert.Inconclusive("golden/dbt is missing: set RECOUP_SHARED.");
        }

        return new GoldenProject(Path.Combine(Root(), name));
    }

    public IEnumerable<JsonNode> Steps(string engine) => Read("expected", engine, "steps.json")?.AsArray().Select(step => step!) ?? [];

    public IEnumerable<JsonNode> Selections() => Read("expected", "ls.json")?.AsArray().Select(selection => selection!) ?? [];

    public JsonNode? Read(params string[] path)
    {
        var file = Path.Combine([Folder, .. path]);
        return File.Exists(file) ? JsonNode.Parse(File.ReadAllText(file)) : null;
    }

    /// <summary>Files of a step by their path below <c>compiled</c>.</summary>
    public IEnumerable<(string Path, string Text)> Compiled(string engine, string step)
    {
        var folder = Path.Combine(Folder, "expected", engine, step, "compiled");
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => (Path.GetRelativePath(folder, file), File.ReadAllText(file)))
            : [];
    }

    private static string Root() => Shared.PathOf("golden", "dbt", "projects");
}
