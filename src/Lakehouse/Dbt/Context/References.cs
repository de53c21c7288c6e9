using Recoup.Lakehouse.Dbt.Graph;

namespace Recoup.Lakehouse.Dbt.Context;

/// <summary>How messages name a node that refers to another.</summary>
internal static class References
{
    /// <summary>Such as <c>Model 'model.gold.totals' (models/totals.sql)</c>.</summary>
    public static string Subject(DbtNode node) => $"{Title(node.ResourceType)} '{node.UniqueId}' ({node.OriginalFilePath})";

    private static string Title(string resourceType) => resourceType switch
    {
        ResourceType.UnitTest => "Unit_Test",
        ResourceType.SqlOperation => "Sql Operation",
        _ => char.ToUpperInvariant(resourceType[0]) + resourceType[1..],
    };
}
