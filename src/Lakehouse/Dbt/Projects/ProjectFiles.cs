namespace Recoup.Lakehouse.Dbt.Projects;

/// <summary>A file of the project.</summary>
/// <param name="Folder">The configured folder, such as <c>models</c>.</param>
/// <param name="Path">Below that folder, with forward slashes.</param>
/// <param name="FullPath">On disk.</param>
internal sealed record ProjectFile(string Folder, string Path, string FullPath)
{
    /// <summary>Below the project: what messages name.</summary>
    public string OriginalPath => $"{Folder}/{Path}";

    /// <summary>The text without white space at its ends, as dbt reads it.</summary>
    public string ReadStripped() => File.ReadAllText(FullPath).Trim();
}

/// <summary>Finds files, always in the same order.</summary>
internal static class ProjectFiles
{
    public static IEnumerable<ProjectFile> Find(ProjectDefinition project, IEnumerable<string> folders, params string[] extensions) =>
        folders.Distinct().SelectMany(folder => In(project.Root, folder.TrimEnd('/'), extensions));

    private static IEnumerable<ProjectFile> In(string root, string folder, string[] extensions)
    {
        var full = System.IO.Path.Combine(root, folder);
        return Directory.Exists(full)
            ? Directory.EnumerateFiles(full, "*", SearchOption.AllDirectories)
                .Where(file => extensions.Contains(System.IO.Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal)
                .Select(file => new ProjectFile(folder, System.IO.Path.GetRelativePath(full, file).Replace('\\', '/'), file))
            : [];
    }
}
