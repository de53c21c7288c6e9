using Recoup.Lakehouse.Dbt.Graph;

namespace Recoup.Lakehouse.Dbt.Selection;

/// <summary>The method <c>fqn</c>, dbt's default: a name, a folder, or <c>project.folder.name</c>, with wildcards.</summary>
internal static class QualifiedName
{
    public static bool IsMatch(DbtNode node, string value)
    {
        var parts = value.Split('.');
        return Matches(node.Fqn, value, parts, node.Version is not null) || Matches([.. node.Fqn.Skip(1)], value, parts, node.Version is not null);
    }

    private static bool Matches(IReadOnlyList<string> fqn, string value, string[] parts, bool isVersioned) =>
        fqn.Count > 0 && (IsName(fqn, value, parts, isVersioned) || IsPrefix([.. fqn.SelectMany(segment => segment.Split('.'))], parts));

    private static bool IsName(IReadOnlyList<string> fqn, string value, string[] parts, bool isVersioned) => isVersioned && fqn.Count > 1
        ? fqn[^2] == value || string.Join('_', fqn.TakeLast(2)) == string.Join('_', parts.TakeLast(2))
        : Glob.IsMatch(fqn[^1], value);

    private static bool IsPrefix(string[] fqn, string[] parts)
    {
        var wildcard = Array.FindIndex(parts, Glob.HasWildcard);
        var literal = wildcard < 0 ? parts.Length : wildcard;
        return fqn.Length >= parts.Length
            && fqn.Take(literal).SequenceEqual(parts.Take(literal), StringComparer.Ordinal)
            && (wildcard < 0 || Glob.IsMatch(string.Join('.', fqn[wildcard..]), string.Join('.', parts[wildcard..])));
    }
}
