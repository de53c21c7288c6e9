namespace Recoup.Lakehouse.Dbt.Dialect.Types;

/// <summary>Names and texts as DuckDB reads them.</summary>
internal static class Quoted
{
    public static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public static string Text(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
