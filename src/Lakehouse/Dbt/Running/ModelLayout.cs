using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Warehouses;

namespace Recoup.Lakehouse.Dbt.Running;

/// <summary>dbt-trino's config <c>properties</c>: partitioning and the like.</summary>
internal static class ModelLayout
{
    public static TableLayout Of(DbtNode node)
    {
        var properties = node.Config.GetDictionary("properties");
        return properties.Count == 0
            ? TableLayout.Default
            : new TableLayout(properties.ToDictionary(property => property.KeyText(), property => PyValue.Text(property.Value), StringComparer.Ordinal));
    }
}
