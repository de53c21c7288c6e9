using Recoup.Lakehouse.Dbt.Artifacts;
using Recoup.Lakehouse.Dbt.Context;
using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Projects;
using Recoup.Lakehouse.Dbt.Warehouses;

namespace Recoup.Lakehouse.Dbt.Running;

/// <summary>Runs a unit test: the model's query on given rows, compared with the rows that are expected.</summary>
internal sealed class UnitTestRun(DbtSession session, NodeCompiler compiler, TargetFolder target)
{
    private readonly UnitTestInputs inputs = new(session);

    private IWarehouse Warehouse => session.RequireWarehouse();

    public async Task<NodeOutcome> RunAsync(DbtNode node, UnitTestDefinition unit, CancellationToken cancellation)
    {
        var model = session.Manifest.Nodes[node.DependsOn[0]];
        var given = await inputs.ReadAsync(node, model, unit, cancellation);
        var used = new List<Cte>();
        var compiled = compiler.Render(Tested(node, model), used, (scope, _) => Prepare(scope, node, unit, given, used));
        target.WriteCompiled(node, compiled.Code);
        try
        {
            return await CompareAsync(node, unit, compiled, cancellation);
        }
        catch (WarehouseException failed)
        {
            throw Failed(node, $"{(session.Profile.Type == "trino" ? "Database Error" : "Runtime Error")}\n  {Indented(failed.Message)}");
        }
        catch (JinjaException failed)
        {
            throw Failed(node, $"Compilation Error in {node.Place}\n  {Indented(failed.Message)}");
        }
    }

    private static string Indented(string message) => message.Replace("\n", "\n  ", StringComparison.Ordinal);

    private static DbtProjectException Failed(DbtNode node, string why) => DbtProjectException.Runtime(
        $"An error occurred during execution of unit test '{node.Name}'. There may be an error in the unit test definition: check the data types.\n {why}", node.Place);

    /// <summary>The model's template under the test's name.</summary>
    private static DbtNode Tested(DbtNode test, DbtNode model) => new()
    {
        UniqueId = test.UniqueId,
        ResourceType = ResourceType.UnitTest,
        Name = test.Name,
        PackageName = test.PackageName,
        Path = test.Path,
        OriginalFilePath = test.OriginalFilePath,
        Fqn = test.Fqn,
        RawCode = model.RawCode,
        Config = model.Config,
        Database = model.Database,
        Schema = model.Schema,
        Alias = model.Alias,
    };

    private void Prepare(ContextScope scope, DbtNode node, UnitTestDefinition unit, IReadOnlyList<UnitTestTable> given, List<Cte> used)
    {
        var variables = new PyDict([.. session.Variables, .. unit.Variables]);
        scope.Add("var", () => new NodeVar(variables, node.Name, isRequired: true));
        scope.Add("ref", arguments => Use(given, used, session.Manifest.FindReferable, RefArguments.Ref(arguments), node));
        scope.Add("source", arguments => Use(given, used, node, RefArguments.Source(arguments)));
        if (given.FirstOrDefault(table => table.IsThis) is { } self)
        {
            scope.Add("this", () => Take(self, used));
        }

        foreach (var macro in unit.Macros)
        {
            scope.Override(macro.KeyText().Split('.')[^1], new ContextFunction(_ => macro.Value));
        }

        var environment = (IJinjaCallable)scope["env_var"]!;
        scope.Override("env_var", new ContextFunction(arguments =>
            unit.Environment.TryGetValue(arguments.Require(0, "var", "env_var"), out var value) ? value : environment.Call(arguments)));
    }

    private static RelationValue Use(
        IReadOnlyList<UnitTestTable> given, List<Cte> used, Func<string, string?, string?, DbtNode?> find, RefCall call, DbtNode node) =>
        find(call.Name, call.Package, call.Version) is { } target && given.FirstOrDefault(table => table.Node == target && !table.IsThis) is { } found
            ? Take(found, used)
            : throw Missing($"{References.Subject(node)} depends on a node named '{call.Name}' which was not found");

    private RelationValue Use(IReadOnlyList<UnitTestTable> given, List<Cte> used, DbtNode node, (string Source, string Table) call) =>
        session.Manifest.FindSource(call.Source, call.Table) is { } source && given.FirstOrDefault(table => table.Node == source) is { } found
            ? Take(found, used)
            : throw Missing($"{References.Subject(node)} depends on a source named '{call.Source}.{call.Table}' which was not found");

    private static JinjaException Missing(string message) => new(JinjaErrorKind.Compilation, message);

    private static RelationValue Take(UnitTestTable table, List<Cte> used)
    {
        if (!used.Contains(table.Cte))
        {
            used.Add(table.Cte);
        }

        return new RelationValue(null, null, table.Cte.Name, "cte", table.Cte.Name);
    }

    private async Task<NodeOutcome> CompareAsync(DbtNode node, UnitTestDefinition unit, CompiledNode compiled, CancellationToken cancellation)
    {
        var columns = await Warehouse.DescribeAsync(compiled.Code, cancellation);
        var tested = unit.Expect.Rows is [var first, ..] ? [.. first.Keys.Select(PyValue.Text)] : columns.Select(column => column.Name).ToList();
        var expected = unit.Expect.Sql ?? FixtureSql.Write(unit.Expect.Rows, columns, compiled.Scope, session.Profile.Type, "expected output", isExpected: true);
        var names = string.Join(", ", tested.Select(name => $"\"{Actual(columns, name)}\""));
        var rows = await Warehouse.QueryAsync(
            $"select {names}, 'actual' as actual_or_expected\nfrom (\n{compiled.Code}\n) as actual_rows\nunion all\nselect {names}, 'expected' as actual_or_expected\nfrom (\n{expected}\n) as expected_rows",
            cancellation);
        var response = new PyDict { { "_message", session.Profile.Type == "duckdb" ? "OK" : "SUCCESS" } };
        return UnitTestDifference.Of(rows) is { } difference
            ? new NodeOutcome(node, NodeOutcome.Fail, difference, 1, response) { CompiledCode = compiled.Code }
            : new NodeOutcome(node, NodeOutcome.Pass, null, 0, response) { CompiledCode = compiled.Code };
    }

    /// <summary>A column as the query calls it; case does not matter.</summary>
    private static string Actual(IReadOnlyList<RelationColumn> columns, string name) =>
        columns.FirstOrDefault(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Name ?? name;
}
