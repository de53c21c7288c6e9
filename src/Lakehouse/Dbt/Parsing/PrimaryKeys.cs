using Recoup.Lakehouse.Dbt.Graph;

namespace Recoup.Lakehouse.Dbt.Parsing;

/// <summary>A model's primary key as dbt finds it: columns that enabled tests say are unique and never null, or else those that are unique.</summary>
internal static class PrimaryKeys
{
    public static void Set(IReadOnlyCollection<DbtNode> nodes)
    {
        var tests = nodes.Where(node => node.Test is { AttachedNode: not null, ColumnName: not null }).ToLookup(node => node.Test!.AttachedNode!);
        foreach (var model in nodes.Where(node => node.ResourceType == ResourceType.Model))
        {
            var unique = Columns(tests[model.UniqueId], "unique");
            var keys = unique.Intersect(Columns(tests[model.UniqueId], "not_null")).ToList();
            model.PrimaryKey = keys.Count > 0 ? keys : [.. unique];
        }
    }

    private static IEnumerable<string> Columns(IEnumerable<DbtNode> tests, string name) =>
        tests.Where(test => test.Test!.Name == name).Select(test => test.Test!.ColumnName!).Distinct();
}
