using System.Globalization;
using Recoup.Lakehouse.Dbt.Graph;

namespace Recoup.Lakehouse.Dbt.Selection;

/// <summary>The method <c>version</c>: <c>latest</c>, <c>old</c>, <c>prerelease</c> or <c>none</c>.</summary>
internal static class VersionMethod
{
    public static bool IsMatch(DbtNode node, string value) => node.ResourceType == ResourceType.Model && value switch
    {
        "latest" => node.Version is not null && node.Version == node.LatestVersion,
        "old" => Order(node) < 0,
        "prerelease" => Order(node) > 0,
        "none" => node.Version is null,
        _ => throw new SelectionException($"Invalid version type selector {value}: expected one of: 'latest', 'prerelease', 'old', or 'none'"),
    };

    private static int Order(DbtNode node) => node.Version is null || node.LatestVersion is null ? 0
        : decimal.TryParse(node.Version, CultureInfo.InvariantCulture, out var version)
            && decimal.TryParse(node.LatestVersion, CultureInfo.InvariantCulture, out var latest) ? version.CompareTo(latest)
        : string.CompareOrdinal(node.Version, node.LatestVersion);
}
