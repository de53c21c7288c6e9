using Recoup.Lakehouse.Dbt.Context;
using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Warehouses;

namespace Recoup.Lakehouse.Dbt.Running;

/// <summary>Makes a model's view or table.</summary>
internal sealed class ModelRun(DbtSession session)
{
    private IWarehouse Warehouse => session.RequireWarehouse();

    public async Task<NodeOutcome> RunAsync(DbtNode node, CompiledNode compiled, CancellationToken cancellation)
    {
        switch (node.Materialized)
        {
            case "ephemeral":
                return Done(node, null);
            case "view":
                await Warehouse.CreateViewAsync(node.Relation, compiled.Code, cancellation);
                return Done(node, null);
            case "table":
                return Done(node, await Warehouse.CreateTableAsync(node.Relation, compiled.Code, ModelLayout.Of(node), cancellation));
            case "incremental":
                return Done(node, await IncrementAsync(node, compiled, cancellation));
            default:
                throw new JinjaException(
                    JinjaErrorKind.Compilation,
                    $"No materialization '{node.Materialized}' was found for adapter {session.Profile.Type}! (searched types 'default' and '{session.Profile.Type}')");
        }
    }

    private async Task<long?> IncrementAsync(DbtNode node, CompiledNode compiled, CancellationToken cancellation)
    {
        var existing = (await Warehouse.ListAsync(node.Schema, cancellation)).FirstOrDefault(existing => existing.Relation.Name == node.Alias);
        var plan = IncrementalPlans.Of(node, session.Profile.Type);
        return existing is not { Kind: RelationKind.Table } || NodeContext.ShouldFullRefresh(session, node)
            ? await Warehouse.CreateTableAsync(node.Relation, compiled.Code, ModelLayout.Of(node), cancellation)
            : await Warehouse.IncrementAsync(node.Relation, compiled.Code, plan, cancellation);
    }

    private NodeOutcome Done(DbtNode node, long? rows)
    {
        var message = session.Profile.Type == "duckdb" ? "OK" : rows is null ? "CREATE VIEW" : $"SUCCESS ({rows} rows)";
        var response = new PyDict { { "_message", message } };
        if (rows is not null && session.Profile.Type != "duckdb")
        {
            response["rows_affected"] = rows;
        }

        return new NodeOutcome(node, NodeOutcome.Success, message, null, response, rows);
    }
}
