using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Selection;

/// <summary>The method <c>config.a.b</c>: the value there is the one asked for, or a list that holds it.</summary>
internal static class ConfigMethod
{
    public static bool IsMatch(DbtNode node, IReadOnlyList<string> path, string value)
    {
        if (node.Exposure is not null || node.UnitTest is not null || !TryDescend(node.Config, path, out var found))
        {
            return false;
        }

        // dbt compares a test's severity without case, because it stores ERROR and people write error.
        var comparison = path is ["severity"] ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return found switch
        {
            PyList list => list.Any(item => IsEqual(item, value, comparison)),
            PyDict dictionary => dictionary.Keys.Any(key => IsEqual(key, value, comparison)),
            _ => IsEqual(found, value, comparison),
        };
    }

    private static bool TryDescend(object? from, IReadOnlyList<string> path, out object? found)
    {
        found = from;
        foreach (var name in path)
        {
            if (found is not PyDict dictionary || !dictionary.TryGetValue(name, out found))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsEqual(object? item, string value, StringComparison comparison) => item switch
    {
        string text => string.Equals(text, value, comparison),
        bool flag => string.Equals(flag ? "true" : "false", value, StringComparison.OrdinalIgnoreCase),
        _ => false,
    };
}
