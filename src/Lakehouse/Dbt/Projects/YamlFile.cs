using Recoup.Lakehouse.Dbt.Yaml;

namespace Recoup.Lakehouse.Dbt.Projects;

/// <summary>Reads YAML of a project; what is no YAML is dbt's error, with file and line.</summary>
internal static class YamlFile
{
    /// <param name="file">Where it is.</param>
    /// <param name="name">As messages call it.</param>
    public static YamlDocument Read(string file, string name)
    {
        try
        {
            return YamlDocument.Load(File.ReadAllText(file), name);
        }
        catch (YamlFileException broken)
        {
            throw new DbtProjectException(
                "Parsing Error", $"Error reading {name}: Runtime Error\n  Syntax error near line {broken.Line}, column {broken.Column}: {broken.Problem}", name, broken);
        }
    }
}
