using Recoup.Lakehouse.Dbt.Projects;

namespace Recoup.Lakehouse.Dbt.Parsing;

/// <summary>What a project may have and this runner has not.</summary>
internal static class ProjectRefusals
{
    private static readonly string[] PackageFiles = ["packages.yml", "dependencies.yml"];
    private static readonly string[] Hooks = ["on-run-start", "on-run-end"];

    public static void Check(ProjectDefinition project)
    {
        foreach (var file in PackageFiles.Where(file => File.Exists(Path.Combine(project.Root, file))))
        {
            throw DbtProjectException.Unsupported("A package", file, 1, "Copy the macros that you need into the project.");
        }

        foreach (var key in Hooks.Where(key => project.Values.GetStrings(key).Count > 0))
        {
            var line = Array.FindIndex(File.ReadAllLines(Path.Combine(project.Root, "dbt_project.yml")), text => text.StartsWith(key, StringComparison.Ordinal));
            throw DbtProjectException.Unsupported($"The key '{key}'", "dbt_project.yml", line + 1, "Write the statement as a model, or call run-operation.");
        }
    }
}
