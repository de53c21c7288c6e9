using Recoup.Lakehouse.Dbt.Graph;

namespace Recoup.Lakehouse.Dbt.Selection;

/// <summary>The method <c>path</c>: a file or folder below the project, with wildcards; a schema file selects what it describes.</summary>
internal static class PathMethod
{
    public static bool IsMatch(DbtNode node, string value, string projectRoot)
    {
        var pattern = Relative(value, projectRoot).TrimEnd('/').Split('/');
        return IsBelow(node.OriginalFilePath, pattern) || (node.PatchPath is { } patch && IsSame(patch[(patch.IndexOf("://", StringComparison.Ordinal) + 3)..], pattern));
    }

    private static string Relative(string value, string projectRoot) =>
        Path.IsPathRooted(value) ? Path.GetRelativePath(projectRoot, value) : value.StartsWith("./", StringComparison.Ordinal) ? value[2..] : value;

    private static bool IsSame(string path, string[] pattern) => Segments(path.Split('/'), pattern, exact: true);

    private static bool IsBelow(string path, string[] pattern) => Segments(path.Split('/'), pattern, exact: false);

    private static bool Segments(ReadOnlySpan<string> path, ReadOnlySpan<string> pattern, bool exact)
    {
        if (pattern.Length == 0)
        {
            return !exact || path.Length == 0;
        }

        if (pattern[0] == "**")
        {
            return Segments(path, pattern[1..], exact) || (path.Length > 0 && Segments(path[1..], pattern, exact));
        }

        return path.Length > 0 && Glob.IsMatch(path[0], pattern[0]) && Segments(path[1..], pattern[1..], exact);
    }
}
