namespace Recoup.Lakehouse.Iceberg.Values;

/// <summary>Quotes names and text for DuckDB.</summary>
public static class SqlText
{
    public static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    public static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public static string List(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Quote))}]";
}
