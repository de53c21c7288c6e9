using Recoup.Lakehouse.Dbt.Graph;

namespace Recoup.Lakehouse.Dbt.Artifacts;

/// <summary>The folder that dbt calls <c>target</c>.</summary>
internal sealed class TargetFolder(string root)
{
    public string Root { get; } = root;

    public void WriteArtifact(string name, string text)
    {
        Directory.CreateDirectory(Root);
        AtomicFile.Write(Path.Combine(Root, name), text);
    }

    /// <summary>A test of a schema file stands in a folder of the schema file's name.</summary>
    public void WriteCompiled(DbtNode node, string sql)
    {
        var below = node.Test is null && node.UnitTest is null ? node.OriginalFilePath : $"{node.OriginalFilePath}/{(node.UnitTest is null ? node.Path : $"models/{node.Name}.sql")}";
        var file = Path.Combine(Root, "compiled", node.PackageName, below);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, sql);
    }
}
