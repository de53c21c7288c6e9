using Recoup.Lakehouse.Dbt.Context;
using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Projects;

namespace Recoup.Lakehouse.Dbt.Running;

/// <summary>Reads what a unit test gives, with the columns of the tables that it stands for.</summary>
internal sealed class UnitTestInputs(DbtSession session)
{
    public async Task<IReadOnlyList<UnitTestTable>> ReadAsync(DbtNode test, DbtNode model, UnitTestDefinition unit, CancellationToken cancellation)
    {
        var tables = new List<UnitTestTable>();
        foreach (var input in unit.Given)
        {
            var isThis = input.Input == "this";
            var node = isThis ? model : Find(test, model, input.Input);
            var sql = input.Rows.Sql ?? await FixtureAsync(test, node, input.Rows, cancellation);
            tables.Add(new UnitTestTable(node, isThis, new Cte(NameOf(node), sql)));
        }

        return tables;
    }

    private static string NameOf(DbtNode node) =>
        CompileContext.CteName(node.Source is { } source ? $"{source.SourceName}__{node.Name}" : node.Alias);

    private DbtNode Find(DbtNode test, DbtNode model, string input)
    {
        var capture = new NodeCapture();
        var scope = ParseContext.Create(session, model, capture);
        JinjaTemplate.Parse($"{{{{ {input} }}}}", test.OriginalFilePath).Render(scope.Jinja);
        var found = capture.Refs is [var call] ? session.Manifest.FindReferable(call.Name, call.Package, call.Version)
            : capture.Sources is [var (source, table)] ? session.Manifest.FindSource(source, table) : null;
        return found ?? throw DbtProjectException.Parsing($"Unit test '{test.Name}' had an input ({input}) which was not found in the manifest.", test.Place);
    }

    private async Task<string> FixtureAsync(DbtNode test, DbtNode node, UnitTestRows rows, CancellationToken cancellation)
    {
        var place = $"model {node.Name} ({test.OriginalFilePath})";
        var columns = await session.RequireWarehouse().ColumnsAsync(node.Relation, cancellation);
        if (columns.Count == 0)
        {
            throw DbtProjectException.Compilation(
                $"Not able to get columns for unit test '{node.Name}' from relation {node.Relation} because the relation doesn't exist", place);
        }

        try
        {
            var scope = ParseContext.Create(session, node, new NodeCapture());
            return $"\n-- Fixture for {node.Name}\n{FixtureSql.Write(rows.Rows, columns, scope, session.Profile.Type, $"'{node.Name}'", isExpected: false)}";
        }
        catch (JinjaException failed)
        {
            throw DbtProjectException.Compilation(failed.Message, place);
        }
    }
}
