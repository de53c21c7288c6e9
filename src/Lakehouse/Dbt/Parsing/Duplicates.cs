using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Projects;

namespace Recoup.Lakehouse.Dbt.Parsing;

/// <summary>Refuses two nodes that cannot both be there.</summary>
internal static class Duplicates
{
    private const string Why = "Since these resources have the same name, dbt will be unable to find the correct resource\n";
    private const string Fix = "To fix this, change the name of one of these resources:";

    public static DbtProjectException SameId(DbtNode first, DbtNode second) => DbtProjectException.Compilation(first switch
    {
        { Source: { } source } => $"dbt found two sources with the name \"{source.SourceName}_{first.Name}\".\n\n{Why}when looking for source(\"{source.SourceName}\", \"{first.Name}\").\n\n{Fix}\n{Both(first, second)}",
        { Test: { } test } => $"dbt found two data_tests with the name \"{first.Name}\" defined on column \"{test.ColumnName}\" in \"{test.FileKeyName}\".\n\n{Why}when running tests.\n\n{Fix}\n{Both(first, second)}",
        _ => SameName(first, second),
    });

    /// <summary>Models and seeds share the names that <c>ref</c> finds, and all share the warehouse's.</summary>
    public static void Check(IReadOnlyCollection<DbtNode> nodes)
    {
        foreach (var same in nodes.Where(node => node.ResourceType is ResourceType.Model or ResourceType.Seed && node.Version is null)
            .GroupBy(node => node.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            throw DbtProjectException.Compilation(SameName(same.First(), same.ElementAt(1)));
        }

        foreach (var same in nodes.Where(node => node.ResourceType is ResourceType.Model or ResourceType.Seed && !node.IsEphemeral)
            .GroupBy(node => node.Relation).Where(group => group.Count() > 1))
        {
            throw DbtProjectException.Compilation(
                $"dbt found two resources with the database representation \"{same.Key}\".\ndbt cannot create two resources with identical database representations. To fix this,\n"
                + $"change the configuration of one of these resources:\n{Both(same.First(), same.ElementAt(1))}");
        }
    }

    private static string SameName(DbtNode first, DbtNode second) =>
        $"dbt found two {first.ResourceType}s with the name \"{first.Name}\".\n\n{Why}when looking for ref(\"{first.Name}\").\n\n{Fix}\n{Both(first, second)}";

    private static string Both(DbtNode first, DbtNode second) => $"- {first.UniqueId} ({first.OriginalFilePath})\n- {second.UniqueId} ({second.OriginalFilePath})";
}
