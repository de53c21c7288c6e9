using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Running;

namespace Recoup.Lakehouse.Dbt.Parsing;

/// <summary>Reads a project into a manifest. What dbt refuses, and what this runner does not support, is refused here, before anything runs.</summary>
internal sealed class ProjectParser(DbtSession session)
{
    private readonly DbtManifest manifest = new();
    private readonly ConfigResolver configs = new(session.Project);
    private readonly GenericTestBuilder tests = new(session.Project);

    public DbtManifest Parse()
    {
        ProjectRefusals.Check(session.Project);
        var entries = new SchemaEntries(new SchemaFileReader(session.Project, SchemaContext.Create(session)).Read());
        DocsReader.Read(session.Project).ToList().ForEach(block => manifest.Docs[block.Name] = block);
        ReadGroups(entries);
        ReadFiles(entries);
        ReadSources(entries);
        ReadTests(entries);
        entries.Of("exposures").ToList().ForEach(entry => Add(new ExposureNodes(session, configs).Read(entry)));
        entries.Of("unit_tests").ToList().ForEach(entry => Add(new UnitTestNodes(session, configs).Read(entry)));
        entries.Of("macros").ToList().ForEach(entry => manifest.MacroPatches[entry.Name] = entry.Values);
        manifest.Nodes.Values.Concat(manifest.Disabled.Values).ToList().ForEach(new Descriptions(session, manifest).Render);
        new ManifestLinker(manifest, session).Link();
        session.Warnings.AddRange(entries.Unused);
        return manifest;
    }

    private void ReadGroups(SchemaEntries entries)
    {
        foreach (var entry in entries.Of("groups"))
        {
            manifest.Groups[entry.Name] = new DbtGroup(
                entry.Name, session.Project.Name, entry.Path, entry.File, entry.Values.GetDictionary("owner"),
                new PyDict { { "meta", entry.Config.GetDictionary("meta") } }, entry.Values.GetText("description"));
        }
    }

    private void ReadFiles(SchemaEntries entries)
    {
        var files = new FileNodes(session.Project, entries);
        files.RefuseSnapshots();
        var resolver = new NodeResolver(session, configs);
        foreach (var draft in files.Models().Concat(files.SingularTests()).Concat(files.Analyses()).Concat(files.Seeds()))
        {
            Add(resolver.Resolve(draft));
        }
    }

    private void ReadSources(SchemaEntries entries)
    {
        var reader = new SourceNodes(session.Project, session.Profile, configs);
        foreach (var (node, table, entry) in entries.Of("sources").SelectMany(reader.Read))
        {
            Add(node);
            if (node.Enabled)
            {
                AddTests(TargetOf(node, entry), table);
            }
        }
    }

    private static TestTarget TargetOf(DbtNode source, SchemaEntry entry) => new(
        $"{source.Source!.SourceName}_{source.Name}", $"source('{source.Source.SourceName}', '{source.Name}')", null,
        $"sources.{source.Source.SourceName}", entry.File, entry.Path.Split('/')[..^1], IsSource: true);

    private void ReadTests(SchemaEntries entries)
    {
        foreach (var entry in entries.Of("models").Concat(entries.Of("seeds")))
        {
            var type = entry.Section == "models" ? ResourceType.Model : ResourceType.Seed;
            foreach (var (target, values) in Targets(entry, type))
            {
                AddTests(target, values);
            }
        }
    }

    /// <summary>A versioned model is tested version by version.</summary>
    private IEnumerable<(TestTarget Target, PyDict Values)> Targets(SchemaEntry entry, string type)
    {
        var versions = entry.Values.GetItems("versions").OfType<PyDict>().Select(version => version.GetText("v")!).ToList();
        foreach (var version in versions.Count == 0 ? [null] : versions.Select(string? (version) => version))
        {
            var id = $"{type}.{session.Project.Name}.{entry.Name}{(version is null ? "" : $".v{version}")}";
            if (!manifest.Disabled.ContainsKey(id))
            {
                yield return (new TestTarget(
                    version is null ? entry.Name : $"{entry.Name}_v{version}",
                    version is null ? $"ref('{entry.Name}')" : $"ref('{entry.Name}', version='{version}')",
                    id, $"{entry.Section}.{entry.Name}", entry.File, entry.Path.Split('/')[..^1]), entry.Values);
            }
        }
    }

    private void AddTests(TestTarget target, PyDict values)
    {
        var resolver = new NodeResolver(session, configs);
        foreach (var column in values.GetItems("columns").OfType<PyDict>())
        {
            foreach (var test in SchemaEntries.Tests(column))
            {
                var name = column.GetFlag("quote") ? $"\"{column.GetText("name")}\"" : column.GetText("name");
                AddTest(resolver, tests.Build(target, test, name), column.GetStrings("tags").Concat(column.GetDictionary("config").GetStrings("tags")));
            }
        }

        SchemaEntries.Tests(values).ToList().ForEach(test => AddTest(resolver, tests.Build(target, test, null), []));
    }

    /// <summary>A column's tags are tags of its tests.</summary>
    private void AddTest(NodeResolver resolver, NodeDraft draft, IEnumerable<string> columnTags)
    {
        var tags = columnTags.ToList();
        var tagged = tags.Count == 0 ? draft : draft with { Patch = (draft.Patch ?? []).Over(new PyDict { { "tags", new PyList(tags) } }) };
        Add(resolver.Resolve(tagged));
    }

    private void Add(DbtNode node)
    {
        var home = node.Enabled ? manifest.Nodes : manifest.Disabled;
        if (!home.TryAdd(node.UniqueId, node))
        {
            throw Duplicates.SameId(home[node.UniqueId], node);
        }
    }
}
