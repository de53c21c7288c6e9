using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Running;

namespace Recoup.Lakehouse.Dbt.Parsing;

/// <summary>Nodes of unit tests.</summary>
internal sealed class UnitTestNodes(DbtSession session, ConfigResolver configs)
{
    private readonly UnitTestRowsReader rows = new(session.Project);

    public DbtNode Read(SchemaEntry entry)
    {
        var project = session.Project.Name;
        var model = entry.Values.GetText("model")!;
        string[] fqn = [project, .. entry.Path.Split('/')[..^1], model, entry.Name];
        var given = entry.Values.GetItems("given").OfType<PyDict>()
            .Select(input => new UnitTestInput(input.GetText("input") ?? throw SchemaValidation.Refuse(entry, "'given'", "'input' is a required property"), rows.Read(entry, input)));
        return new DbtNode
        {
            UniqueId = $"unit_test.{project}.{model}.{entry.Name}",
            ResourceType = ResourceType.UnitTest,
            Name = entry.Name,
            PackageName = project,
            Path = entry.Path,
            OriginalFilePath = entry.File,
            Fqn = fqn,
            Schema = session.Profile.Schema,
            Config = configs.Resolve(ResourceType.UnitTest, fqn, entry.Config, []),
            Description = entry.Values.GetText("description") ?? "",
            UnitTest = new UnitTestDefinition(model, [.. given], rows.Read(entry, entry.Values.GetDictionary("expect")), Overrides(entry)),
        };
    }

    private static PyDict Overrides(SchemaEntry entry)
    {
        var written = entry.Values.GetDictionary("overrides");
        return written.Count == 0 ? written : new PyDict
        {
            { "macros", written.GetDictionary("macros") }, { "vars", written.GetDictionary("vars") }, { "env_vars", written.GetDictionary("env_vars") },
        };
    }
}
