using System.Globalization;
using Recoup.Lakehouse.Dbt.Context;
using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Warehouses;
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
        var seed = Read(file, delimiter, types.Keys);
        var options = new SeedOptions { ColumnTypes = types, FullRefresh = NodeContext.ShouldFullRefresh(session, node) };
        var rows = await session.RequireWarehouse().LoadSeedAsync(node.Relation, seed, options, cancellation);
        var message = string.Create(CultureInfo.InvariantCulture, $"INSERT {rows}");
        var response = new PyDict { { "_message", message }, { "code", "INSERT" }, { "rows_affected", rows } };
        return new NodeOutcome(node, NodeOutcome.Success, message, null, response, rows);
    }

    /// <summary>A file that is no seed is dbt's own error, not the warehouse's.</summary>
    private static SeedTable Read(string file, char delimiter, IReadOnlyCollection<string> textColumns)
    {
        try
        {
            var seed = SeedReader.Read(file, delimiter, textColumns);
            return seed.Columns.Count > 0 ? seed : throw new WarehouseException("The file is empty: a seed's first line names its columns.");
        }
        catch (WarehouseException broken)
        {
            throw new WarehouseException(broken.Message, broken.Line, WarehouseFailure.Compilation, broken);
        }
    }
}
