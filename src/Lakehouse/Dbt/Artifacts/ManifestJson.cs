using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Macros;
using Recoup.Lakehouse.Dbt.Running;

namespace Recoup.Lakehouse.Dbt.Artifacts;

/// <summary><c>manifest.json</c>, schema version 12.</summary>
internal static class ManifestJson
{
    public static string Write(DbtSession session) => PyJson.Write(Build(session));

    public static PyDict Build(DbtSession session)
    {
        var manifest = session.Manifest;
        var graph = new DbtGraph(manifest.Nodes.Values);
        return new PyDict
        {
            { "metadata", new PyDict([.. ArtifactMetadata.Of(session, "manifest/v12"), .. Project(session)]) },
            { "nodes", Nodes(manifest, node => node.Source is null && node.Exposure is null && node.UnitTest is null) },
            { "sources", Nodes(manifest, node => node.Source is not null) },
            { "macros", new PyDict(session.Macros.OfProject.Select(macro => Entry(macro.UniqueId, Macro(macro, manifest.MacroPatches.GetValueOrDefault(macro.Name))))) },
            { "docs", new PyDict(manifest.Docs.Values.Select(block => Entry($"doc.{block.PackageName}.{block.Name}", Docs(block)))) },
            { "exposures", Nodes(manifest, node => node.Exposure is not null) },
            { "metrics", new PyDict() },
            { "groups", new PyDict(manifest.Groups.Values.Select(group => Entry($"group.{group.PackageName}.{group.Name}", Group(group)))) },
            { "selectors", new PyDict() },
            { "disabled", new PyDict(manifest.Disabled.Values.Select(node => Entry(node.UniqueId, new PyList([NodeDictionary.Of(node)])))) },
            { "parent_map", Map(manifest, graph.Parents) },
            { "child_map", Map(manifest, graph.Children) },
            { "group_map", new PyDict(manifest.Groups.Keys.Select(name => Entry(name, new PyList(manifest.Nodes.Values.Where(node => node.Group == name).Select(node => node.UniqueId))))) },
            { "saved_queries", new PyDict() },
            { "semantic_models", new PyDict() },
            { "unit_tests", Nodes(manifest, node => node.UnitTest is not null) },
            { "functions", new PyDict() },
        };
    }

    private static PyDict Project(DbtSession session) => new() { { "project_name", session.Project.Name }, { "adapter_type", session.Profile.Type } };

    private static KeyValuePair<object?, object?> Entry(string key, object? value) => new(key, value);

    private static PyDict Nodes(DbtManifest manifest, Func<DbtNode, bool> which) =>
        new(manifest.Nodes.Values.Where(which).Select(node => Entry(node.UniqueId, NodeDictionary.Of(node))));

    private static PyDict Map(DbtManifest manifest, Func<string, IReadOnlyList<string>> next) =>
        new(manifest.Nodes.Keys.Select(id => Entry(id, new PyList(next(id).Order(StringComparer.Ordinal)))));

    private static PyDict Macro(DbtMacro macro, PyDict? patch) => new()
    {
        { "name", macro.Name }, { "resource_type", "macro" }, { "package_name", macro.Package }, { "path", macro.Path }, { "original_file_path", macro.Path },
        { "unique_id", macro.UniqueId }, { "macro_sql", macro.Sql }, { "depends_on", new PyDict { { "macros", new PyList() } } },
        { "description", patch?.GetText("description") ?? "" }, { "meta", patch?.GetDictionary("meta") ?? [] },
        { "docs", new PyDict { { "show", true }, { "node_color", null } } }, { "arguments", new PyList(patch?.GetItems("arguments") ?? []) },
        { "config", new PyDict { { "meta", new PyDict() }, { "docs", new PyDict { { "show", true }, { "node_color", null } } } } },
    };

    private static PyDict Docs(DocsBlock block) => new()
    {
        { "name", block.Name }, { "resource_type", "doc" }, { "package_name", block.PackageName }, { "path", block.Path },
        { "original_file_path", block.OriginalFilePath }, { "unique_id", $"doc.{block.PackageName}.{block.Name}" }, { "block_contents", block.Contents },
    };

    private static PyDict Group(DbtGroup group) => new()
    {
        { "name", group.Name }, { "resource_type", "group" }, { "package_name", group.PackageName }, { "path", group.Path },
        { "original_file_path", group.OriginalFilePath }, { "unique_id", $"group.{group.PackageName}.{group.Name}" }, { "owner", group.Owner },
        { "description", group.Description }, { "config", group.Config },
    };
}
