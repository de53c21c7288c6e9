using Recoup.Lakehouse.Dbt.Graph;

namespace Recoup.Lakehouse.Dbt.Parsing;

/// <summary>A test's two configs for keeping its rows, of which the one that is set says what the other is.</summary>
internal static class StoredFailures
{
    public static void Settle(DbtNode node)
    {
        if (node.ResourceType != ResourceType.Test)
        {
            return;
        }

        if (node.Config.GetText("store_failures_as") is { } store)
        {
            node.Config["store_failures"] = store is "table" or "view";
        }
        else if (node.Config.Get("store_failures") is bool isStored)
        {
            node.Config["store_failures_as"] = isStored ? "table" : "ephemeral";
        }
    }
}
