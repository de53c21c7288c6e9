using System.Text.Json.Nodes;

namespace Recoup.Lakehouse.Tests.Dbt;

/// <summary>What <c>manifest.json</c> says of nodes, field by field, as real dbt's says it.</summary>
[TestClass]
[TestCategory("Golden")]
public sealed class GoldenManifestTests
{
    // Which macros a node depends on, dbt itself knows only as far as its cache of parsed templates was filled.
    private static readonly string[] Fields =
    [
        "name", "resource_type", "package_name", "path", "original_file_path", "database", "schema", "alias", "fqn", "meta", "access", "group",
        "description", "columns", "config", "refs", "sources", "relation_name", "raw_code", "primary_key", "patch_path", "test_metadata", "column_name",
        "attached_node", "file_key_name", "source_name", "source_description", "identifier", "freshness", "owner", "type", "url", "label", "maturity",
        "model", "given", "expect", "overrides",
    ];

    public static IEnumerable<object[]> Projects() => GoldenProjectTests.Projects();

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public async Task RunAsync_Parse_WritesTheManifest(string name)
    {
        var golden = GoldenProject.Open(name);
        using var project = new ProjectFolder();
        project.CopyFrom(golden.ProjectFolder);
        var result = await project.RunAsync("parse");
        if (GoldenProjectTests.IsRefusal(result) || golden.Read("expected", "duckdb", "manifest.json") is not { } expected)
        {
            return;
        }

        var ours = JsonNode.Parse(project.ReadTarget("manifest.json")!)!;
        var differences = new[] { "nodes", "sources", "exposures", "unit_tests" }.SelectMany(section => Compare(expected[section] as JsonObject, ours[section]!)).ToList();

        Assert.IsEmpty(differences, string.Join("\n", differences.Take(30)));
    }

    private static IEnumerable<string> Compare(JsonObject? expected, JsonNode ours) => (expected ?? []).SelectMany(node =>
        ours[node.Key] is not { } own
            ? [$"{node.Key} is not there"]
            : Fields.Where(field => node.Value![field] is { } value && !JsonNode.DeepEquals(Sorted(value), Sorted(own[field])))
                .Select(field => $"{node.Key} {field}: {node.Value![field]!.ToJsonString()}, got {own[field]?.ToJsonString()}")
                .Append(DependsOn(node.Value!) == DependsOn(own) ? null : $"{node.Key} depends on {DependsOn(own)}, expected {DependsOn(node.Value!)}")
                .OfType<string>());

    private static string DependsOn(JsonNode node) =>
        node["depends_on"]?["nodes"] is JsonArray nodes ? string.Join(',', nodes.Select(id => id!.GetValue<string>()).Order(StringComparer.Ordinal)) : "";

    /// <summary>Without the order of keys, and without keys that say nothing.</summary>
    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject dictionary => new JsonObject(dictionary.Where(entry => entry.Value is not null).OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => KeyValuePair.Create(entry.Key, Sorted(entry.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
