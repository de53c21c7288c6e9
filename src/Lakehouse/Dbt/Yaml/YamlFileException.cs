namespace Recoup.Lakehouse.Dbt.Yaml;

/// <summary>A file that is no YAML as dbt reads it.</summary>
internal sealed class YamlFileException(string file, int line, int column, string problem)
    : Exception($"{file}:{line}:{column}: {problem}")
{
    public string File { get; } = file;

    /// <summary>From 1.</summary>
    public int Line { get; } = line;

    public int Column { get; } = column;

    public string Problem { get; } = problem;
}
