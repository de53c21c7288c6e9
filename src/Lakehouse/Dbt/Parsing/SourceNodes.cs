using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Projects;

namespace Recoup.Lakehouse.Dbt.Parsing;

/// <summary>Nodes of sources, one for each table.</summary>
internal sealed class SourceNodes(ProjectDefinition project, DbtProfile profile, ConfigResolver configs)
{
    public IEnumerable<(DbtNode Node, PyDict Table, SchemaEntry Entry)> Read(SchemaEntry entry) =>
        entry.Values.GetItems("tables").OfType<PyDict>().Select(table => (Table(entry, table), table, entry));

    private DbtNode Table(SchemaEntry entry, PyDict table)
    {
        var (source, name) = (entry.Name, table.GetText("name")!);
        string[] fqn = [project.Name, .. entry.Path.Split('/')[..^1], source, name];
        var patch = Beside(table).Over(Beside(entry.Values));
        var freshness = ReadFreshness(entry.Values, table);
        var loadedAt = LoadedAt(table) ?? LoadedAt(entry.Values);
        return new DbtNode
        {
            UniqueId = $"source.{project.Name}.{source}.{name}",
            ResourceType = ResourceType.Source,
            Name = name,
            PackageName = project.Name,
            Path = entry.File,
            OriginalFilePath = entry.File,
            Fqn = fqn,
            Config = configs.Resolve(ResourceType.Source, fqn, patch, []),
            UnrenderedConfig = patch,
            Description = table.GetText("description") ?? "",
            Columns = ColumnReader.Read(table),
            Database = entry.Values.GetText("database") ?? profile.Database,
            Schema = entry.Values.GetText("schema") ?? source,
            Alias = table.GetText("identifier") ?? name,
            Source = new SourceTable(source, entry.Values.GetText("description") ?? "", table.GetText("loader") ?? entry.Values.GetText("loader") ?? "", freshness)
            {
                LoadedAtField = loadedAt,
                LoadedAtQuery = table.GetText("loaded_at_query") ?? table.GetDictionary("config").GetText("loaded_at_query"),
            },
        };
    }

    private static string? LoadedAt(PyDict values) => values.GetText("loaded_at_field") ?? values.GetDictionary("config").GetText("loaded_at_field");

    private static PyDict Beside(PyDict values)
    {
        string[] keys = ["enabled", "tags", "meta"];
        return values.GetDictionary("config").Over(new PyDict(keys.Where(values.ContainsKey).Select(key => KeyValuePair.Create<object?, object?>(key, values.Get(key)))));
    }

    /// <summary>A table's limits over those of its source; an explicit null takes them away.</summary>
    private static Freshness ReadFreshness(PyDict source, PyDict table)
    {
        var general = source.Get("freshness") ?? source.GetDictionary("config").Get("freshness");
        var isNamed = table.ContainsKey("freshness") || table.GetDictionary("config").ContainsKey("freshness");
        var own = table.Get("freshness") ?? table.GetDictionary("config").Get("freshness");
        if (isNamed && own is null)
        {
            return Freshness.None;
        }

        var (over, under) = (own as PyDict ?? [], general as PyDict ?? []);
        return new Freshness(
            Limit(over.Get("warn_after") ?? under.Get("warn_after")), Limit(over.Get("error_after") ?? under.Get("error_after")),
            over.GetText("filter") ?? under.GetText("filter"));
    }

    private static FreshnessLimit? Limit(object? value) =>
        value is PyDict limit && limit.Get("count") is long count && limit.GetText("period") is { } period ? new FreshnessLimit(count, period) : null;
}
