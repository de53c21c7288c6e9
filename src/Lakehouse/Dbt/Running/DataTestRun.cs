using System.Globalization;
using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Warehouses;

namespace Recoup.Lakehouse.Dbt.Running;

/// <summary>Runs a generic or singular test: counts its rows and compares with what is configured.</summary>
internal sealed class DataTestRun(DbtSession session)
{
    public async Task<NodeOutcome> RunAsync(DbtNode node, CompiledNode compiled, CancellationToken cancellation)
    {
        var from = await SourceAsync(node, compiled.Code, cancellation);
        var calculation = node.Config.GetText("fail_calc");
        var limit = node.Config.Get("limit") is { } rows ? $"\nlimit {PyValue.Text(rows)}" : "";
        var answer = await session.RequireWarehouse().QueryAsync(
            $"select\n  {calculation} as failures,\n  {calculation} {node.Config.GetText("warn_if")} as should_warn,\n"
            + $"  {calculation} {node.Config.GetText("error_if")} as should_error\nfrom (\n{from}{limit}\n) dbt_internal_test",
            cancellation);
        return Judge(node, answer.Rows is [var row] ? row : throw new WarehouseException($"dbt internally failed to execute {node.UniqueId}: Returned {answer.Rows.Count} rows, but expected 1 row"));
    }

    /// <summary>The test's own query, or the table that keeps its rows.</summary>
    private async Task<string> SourceAsync(DbtNode node, string sql, CancellationToken cancellation)
    {
        var store = node.Config.GetText("store_failures_as") ?? (IsStored(node) ? "table" : "ephemeral");
        var warehouse = session.RequireWarehouse();
        if (store == "ephemeral")
        {
            return sql;
        }

        if (store == "view")
        {
            await warehouse.CreateViewAsync(node.Relation, sql, cancellation);
        }
        else
        {
            await warehouse.CreateTableAsync(node.Relation, sql, TableLayout.Default, cancellation);
        }

        return $"select * from {node.Relation}";
    }

    private bool IsStored(DbtNode node) => node.Config.GetFlag("store_failures", session.Command.StoreFailures);

    private NodeOutcome Judge(DbtNode node, object?[] row)
    {
        var failures = row[0] is null
            ? throw new WarehouseException($"The config fail_calc '{node.Config.GetText("fail_calc")}' gave no number: wrap it in coalesce(..., 0).")
            : row[0] is System.Numerics.BigInteger sum ? (long)sum : Convert.ToInt64(row[0], CultureInfo.InvariantCulture);
        var results = $"Got {failures} {(failures == 1 ? "result" : "results")}, configured to";
        var response = new PyDict { { "_message", session.Profile.Type == "duckdb" ? "OK" : "SUCCESS" } };
        var isError = string.Equals(node.Config.GetText("severity"), "error", StringComparison.OrdinalIgnoreCase);
        return (isError && IsTrue(row[2]), IsTrue(row[1]), session.Command.WarnError) switch
        {
            (true, _, _) => new NodeOutcome(node, NodeOutcome.Fail, $"{results} fail if {node.Config.GetText("error_if")}", failures, response),
            (_, true, true) => new NodeOutcome(node, NodeOutcome.Fail, $"{results} fail if {node.Config.GetText("warn_if")}", failures, response),
            (_, true, _) => new NodeOutcome(node, NodeOutcome.Warn, $"{results} warn if {node.Config.GetText("warn_if")}", failures, response),
            _ => new NodeOutcome(node, NodeOutcome.Pass, null, 0, response),
        };
    }

    private static bool IsTrue(object? cell) => cell is true or 1L or 1;
}
