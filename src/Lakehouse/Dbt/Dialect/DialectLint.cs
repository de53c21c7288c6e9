namespace Recoup.Lakehouse.Dbt.Dialect;

/// <summary>Says of compiled models whether Trino and DuckDB give the same rows.</summary>
public static class DialectLint
{
    /// <summary>Looks at every <c>*.sql</c> below a folder. Its texts are plain SQL, as in <c>target/compiled</c>.</summary>
    public static IReadOnlyList<DialectFinding> CheckFolder(string folder) =>
        [.. Directory.GetFiles(folder, "*.sql", SearchOption.AllDirectories).Order(StringComparer.Ordinal).SelectMany(path => Check(Path.GetRelativePath(folder, path), File.ReadAllText(path)))];

    /// <param name="file">The name that findings carry.</param>
    /// <param name="sql">One query without Jinja.</param>
    /// <returns>What is refused, in the order of the lines. What depends on the type of a column that no CAST in the text tells is left to the run.</returns>
    public static IReadOnlyList<DialectFinding> Check(string file, string sql) => TrinoDialect.Lint(sql, file);
}
