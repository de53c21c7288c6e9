using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Projects;

namespace Recoup.Lakehouse.Dbt.Parsing;

/// <summary>Refuses configs that dbt refuses, and those that would be answered differently here.</summary>
internal static class ConfigValidation
{
    public static void Check(DbtNode node)
    {
        CheckSeverity(node);
        if (!node.Enabled)
        {
            return;
        }

        RefuseList(node, "pre-hook", "Write the statement as a model.");
        RefuseList(node, "post-hook", "Write the statement as a model.");
        RefuseWhen(node, node.Config.GetDictionary("grants").Count > 0, "The config 'grants'", "Grant on the server.");
        RefuseWhen(node, node.Config.GetDictionary("contract").GetFlag("enforced"), "An enforced contract", "Test the columns with data tests.");
        RefuseWhen(node, node.Config.GetDictionary("persist_docs").Any(entry => PyValue.IsTrue(entry.Value)), "The config 'persist_docs'", "Read descriptions from the manifest.");
        RefuseWhen(node, node.Materialized == "materialized_view", "The materialization 'materialized_view'", "Use table or incremental.");
        RefuseWhen(node, node.Config.GetText("incremental_strategy") == "microbatch", "The incremental strategy 'microbatch'", "Use merge or delete+insert.");
    }

    private static void CheckSeverity(DbtNode node)
    {
        if (node.ResourceType == ResourceType.Test && node.Config.GetText("severity") is { } severity
            && !severity.Equals("warn", StringComparison.OrdinalIgnoreCase) && !severity.Equals("error", StringComparison.OrdinalIgnoreCase))
        {
            throw DbtProjectException.Parsing($"at path []: Severity must be either 'warn' or 'error'. Got '{severity}'", node.Place);
        }
    }

    private static void RefuseList(DbtNode node, string key, string instead) =>
        RefuseWhen(node, node.Config.GetItems(key).Any(), $"The config '{key}'", instead);

    private static void RefuseWhen(DbtNode node, bool isUsed, string what, string instead)
    {
        if (isUsed)
        {
            var line = Array.FindIndex(node.RawCode.Split('\n'), text => text.Contains("config", StringComparison.Ordinal));
            throw DbtProjectException.Unsupported(what, node.OriginalFilePath, line < 0 ? 1 : line + 1, instead);
        }
    }
}
