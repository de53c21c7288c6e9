using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Projects;

namespace Recoup.Lakehouse.Dbt.Artifacts;

/// <summary>The project's folder <c>target</c>.</summary>
internal sealed class TargetFolder(ProjectDefinition project)
{
    public string Root { get; } = Path.Combine(project.Root, project.TargetPath);

    public void WriteCompiled(DbtNode node, string sql) => Write("compiled", node, sql);

    public void WriteRun(DbtNode node, string sql) => Write("run", node, sql);

    public void WriteArtifact(string name, string text)
    {
        Directory.CreateDirectory(Root);
        AtomicFile.Write(Path.Combine(Root, name), text);
    }

    /// <summary>A test of a schema file stands in a folder of the schema file's name.</summary>
    private void Write(string kind, DbtNode node, string sql)
    {
        var below = node.Test is null && node.UnitTest is null ? node.OriginalFilePath : $"{node.OriginalFilePath}/{(node.UnitTest is null ? node.Path : $"models/{node.Name}.sql")}";
        var file = Path.Combine(Root, kind, node.PackageName, below);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, sql);
    }
}
