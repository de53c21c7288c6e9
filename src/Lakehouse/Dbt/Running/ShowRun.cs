using System.Text.Json.Nodes;
using Recoup.Lakehouse.Dbt.Artifacts;
using Recoup.Lakehouse.Dbt.Context;
using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Jinja.Modules;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Projects;
using Recoup.Lakehouse.Dbt.Warehouses;

namespace Recoup.Lakehouse.Dbt.Running;

/// <summary>The command <c>show</c>: rows of nodes or of an inline query, as JSON on the console.</summary>
internal sealed class ShowRun(DbtSession session, TargetFolder target)
{
    private readonly CompileRun compile = new(session, target);

    public async Task<IReadOnlyList<NodeOutcome>> RunAsync(IReadOnlySet<string> selected, CancellationToken cancellation)
    {
        if (session.Command.Inline is { } sql)
        {
            var (node, code) = compile.Inline(sql);
            return [await ShowAsync(node, code, name: null, cancellation)];
        }

        var outcomes = new List<NodeOutcome>();
        foreach (var compiled in compile.Run(selected))
        {
            outcomes.Add(await ShowAsync(compiled.Node, compiled.CompiledCode!, compiled.Node.Name, cancellation));
        }

        return outcomes;
    }

    private async Task<NodeOutcome> ShowAsync(DbtNode node, string code, string? name, CancellationToken cancellation)
    {
        try
        {
            var limit = session.Command.Limit < 0 ? "" : $"\nlimit {session.Command.Limit}";
            var rows = await session.RequireWarehouse().QueryAsync($"select * from (\n{code}\n) as shown{limit}", cancellation);
            session.Console.Add(Json(name, rows).ToJsonString());
            return new NodeOutcome(node, NodeOutcome.Success, null) { CompiledCode = code };
        }
        catch (WarehouseException failed)
        {
            throw new DbtProjectException("Runtime Error", failed.Message, node.Place, failed);
        }
    }

    private static JsonObject Json(string? name, WarehouseRows rows)
    {
        var shown = new JsonArray([.. rows.Rows.Select(row => (JsonNode)new JsonObject(
            rows.Columns.Zip(row, (column, cell) => KeyValuePair.Create(column.Name, PyJson.Of(Shown(QueryValue.Of(cell, column.Type)))))))]);
        return name is null ? new JsonObject { ["show"] = shown } : new JsonObject { ["node"] = name, ["show"] = shown };
    }

    /// <summary>dbt's tables write Decimals as JSON's numbers, and times as ISO 8601 has them.</summary>
    private static object? Shown(object? value) => value switch
    {
        PyDecimal number => number.ToDouble(),
        PyDate date => date.ToString(),
        PyDateTime at => at.ToString().Replace(' ', 'T'),
        _ => value,
    };
}
