using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Artifacts;

/// <summary>A node as dbt's manifest writes it, which is also what templates see as <c>model</c> and in <c>graph</c>.</summary>
internal static class NodeDictionary
{
    public static PyDict Of(DbtNode node) => new([.. Common(node), .. Own(node)]);

    private static PyDict Own(DbtNode node) => node switch
    {
        { Source: { } source } => OfSource(node, source),
        { Exposure: { } exposure } => OfExposure(node, exposure),
        { UnitTest: { } unit } => OfUnitTest(node, unit),
        { ResourceType: ResourceType.Seed } => OfSeed(node),
        _ => OfCode(node),
    };

    private static PyDict Common(DbtNode node) => new()
    {
        { "unique_id", node.UniqueId }, { "name", node.Name }, { "resource_type", node.ResourceType }, { "package_name", node.PackageName },
        { "path", node.Path }, { "original_file_path", node.OriginalFilePath }, { "fqn", new PyList(node.Fqn) },
        { "tags", new PyList(DistinctTags(node)) }, { "meta", node.Config.GetDictionary("meta") }, { "description", node.Description },
        { "config", node.Config }, { "unrendered_config", node.UnrenderedConfig }, { "columns", node.Columns },
    };

    private static IEnumerable<string> DistinctTags(DbtNode node) => node.Tags.Distinct(StringComparer.Ordinal);

    private static PyDict Located(DbtNode node) => new()
    {
        { "database", node.Database }, { "schema", node.Schema }, { "alias", node.Alias },
        { "relation_name", node.IsRelational || KeepsFailures(node) ? node.Relation.ToString() : null },
        { "raw_code", node.RawCode }, { "docs", node.Config.Get("docs") ?? new PyDict { { "show", true }, { "node_color", null } } }, { "patch_path", node.PatchPath },
    };

    private static bool KeepsFailures(DbtNode node) => node.ResourceType == ResourceType.Test && node.Config.GetFlag("store_failures");

    private static PyDict OfSeed(DbtNode node) => new([.. Located(node), .. new PyDict { { "depends_on", new PyDict { { "macros", Texts(node.MacroDependsOn) } } } }]);

    private static PyDict OfCode(DbtNode node) => new([
        .. Located(node),
        .. References(node),
        .. new PyDict { { "language", "sql" }, { "contract", Contract(node) } },
        .. node.ResourceType == ResourceType.Model ? OfModel(node) : [],
        .. node.Test is { } test ? OfTest(test) : [],
    ]);

    private static PyDict Contract(DbtNode node) => new([.. node.Config.Get("contract") as PyDict ?? new PyDict { { "enforced", false }, { "alias_types", true } }, .. new PyDict { { "checksum", null } }]);

    private static PyDict References(DbtNode node) => new()
    {
        { "depends_on", DependsOn(node) },
        { "refs", new PyList(node.Refs.Select(call => new PyDict { { "name", call.Name }, { "package", call.Package }, { "version", VersionValue(call.Version) } })) },
        { "sources", new PyList(node.Sources.Select(call => new PyList([call.Source, call.Table]))) },
    };

    private static PyDict DependsOn(DbtNode node) => new() { { "macros", Texts(node.MacroDependsOn) }, { "nodes", Texts(node.DependsOn) } };

    private static PyList Texts(IEnumerable<string> texts) => new(texts);

    private static PyDict OfModel(DbtNode node) => new()
    {
        { "access", node.Access }, { "group", node.Group }, { "version", VersionValue(node.Version) }, { "latest_version", VersionValue(node.LatestVersion) },
        { "deprecation_date", node.DeprecationDate }, { "constraints", new PyList() }, { "primary_key", new PyList(node.PrimaryKey) },
    };

    private static object? VersionValue(string? version) => long.TryParse(version, out var number) ? number : version;

    private static PyDict OfTest(GenericTestCall test) => new()
    {
        { "test_metadata", new PyDict { { "name", test.Name }, { "kwargs", test.Arguments }, { "namespace", test.Namespace } } },
        { "column_name", test.ColumnName }, { "attached_node", test.AttachedNode }, { "file_key_name", test.FileKeyName },
    };

    private static PyDict OfSource(DbtNode node, SourceTable source) => new()
    {
        { "database", node.Database }, { "schema", node.Schema }, { "relation_name", node.Relation.ToString() }, { "source_name", source.SourceName },
        { "source_description", source.SourceDescription }, { "loader", source.Loader }, { "identifier", node.Alias },
        { "freshness", FreshnessOf(source.Freshness) }, { "loaded_at_field", source.LoadedAtField }, { "loaded_at_query", source.LoadedAtQuery },
        { "quoting", new PyDict { { "database", null }, { "schema", null }, { "identifier", null }, { "column", null } } },
    };

    public static PyDict FreshnessOf(Freshness freshness) => new()
    {
        { "warn_after", Limit(freshness.WarnAfter) }, { "error_after", Limit(freshness.ErrorAfter) }, { "filter", freshness.Filter },
    };

    private static PyDict Limit(FreshnessLimit? limit) => new() { { "count", limit?.Count }, { "period", limit?.Period } };

    private static PyDict OfExposure(DbtNode node, ExposureProperties exposure) => new([
        .. References(node),
        .. new PyDict
        {
            { "label", exposure.Label }, { "maturity", exposure.Maturity }, { "owner", exposure.Owner }, { "type", exposure.Type }, { "url", exposure.Url },
        },
    ]);

    private static PyDict OfUnitTest(DbtNode node, UnitTestDefinition unit) => new()
    {
        { "schema", node.Schema }, { "depends_on", DependsOn(node) }, { "model", unit.Model },
        { "given", new PyList(unit.Given.Select(given => new PyDict([.. new PyDict { { "input", given.Input } }, .. Rows(given.Rows)]))) },
        { "expect", Rows(unit.Expect) }, { "overrides", unit.Overrides.Count == 0 ? null : unit.Overrides },
    };

    private static PyDict Rows(UnitTestRows rows) => new()
    {
        { "rows", rows.Sql is { } sql ? sql : new PyList(rows.Rows) }, { "format", rows.Format }, { "fixture", rows.Fixture },
    };
}
