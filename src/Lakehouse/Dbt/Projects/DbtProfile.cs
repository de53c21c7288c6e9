using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Projects;

/// <summary>The target of a profile.</summary>
/// <param name="Values">The target's keys, rendered.</param>
internal sealed record DbtProfile(string Name, string TargetName, PyDict Values)
{
    /// <summary><c>duckdb</c> or <c>trino</c>.</summary>
    public string Type => Values.GetText("type")!;

    public string Schema => Values.GetText("schema") ?? (Type == "duckdb" ? "main" : "");

    public string Database => Values.GetText("database") ?? Values.GetText("dbname") ?? Values.GetText("catalog") ?? DuckDbDatabase(Values.GetText("path"));

    public long Threads => Values.Get("threads") as long? ?? 1;

    /// <summary>DuckDB calls a database by its file's name.</summary>
    private static string DuckDbDatabase(string? path) => path is null or ":memory:" ? "memory" : System.IO.Path.GetFileNameWithoutExtension(path);
}
