using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Jinja.Blocks;
using Recoup.Lakehouse.Dbt.Projects;

namespace Recoup.Lakehouse.Dbt.Parsing;

/// <summary>Reads the <c>{% docs %}</c> blocks of the project's Markdown.</summary>
internal static class DocsReader
{
    public static IEnumerable<DocsBlock> Read(ProjectDefinition project) => ProjectFiles.Find(project, project.DocsPaths, ".md").SelectMany(file => ReadFile(project, file));

    private static IEnumerable<DocsBlock> ReadFile(ProjectDefinition project, ProjectFile file)
    {
        try
        {
            return [.. DbtBlocks.Extract(File.ReadAllText(file.FullPath), ["docs"]).Where(block => block.Type == "docs")
                .Select(block => new DocsBlock(block.Name!, project.Name, file.Path, file.OriginalPath, block.Contents.Trim()))];
        }
        catch (JinjaException broken)
        {
            throw DbtProjectException.Compilation(broken.Message, $"docs of {file.OriginalPath}");
        }
    }
}
