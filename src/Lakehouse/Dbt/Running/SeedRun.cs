using System.Globalization;
using Recoup.Lakehouse.Dbt.Context;
using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Warehouses.Seeds;

namespace Recoup.Lakehouse.Dbt.Running;

/// <summary>Loads a seed.</summary>
internal sealed class SeedRun(DbtSession session)
{
    public async Task<NodeOutcome> RunAsync(DbtNode node, CancellationToken cancellation)
    {
        var types = node.Config.GetDictionary("column_types")
            .ToDictionary(column => column.KeyText(), column => PyValue.Text(column.Value), StringComparer.OrdinalIgnoreCase);
        var file = Path.Combine(session.Project.Root, node.OriginalFilePath);
        var delimiter = node.Config.GetText("delimiter") is { Length: > 0 } text ? text[0] : ',';
        var seed = SeedReader.Read(file, delimiter, types.Keys);
        var options = new SeedOptions { ColumnTypes = types, FullRefresh = NodeContext.ShouldFullRefresh(session, node) };
        var rows = await session.RequireWarehouse().LoadSeedAsync(node.Relation, seed, options, cancellation);
        var message = string.Create(CultureInfo.InvariantCulture, $"INSERT {rows}");
        var response = new PyDict { { "_message", message }, { "code", "INSERT" }, { "rows_affected", rows } };
        return new NodeOutcome(node, NodeOutcome.Success, message, null, response, rows);
    }
}
