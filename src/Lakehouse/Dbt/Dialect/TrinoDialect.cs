using DuckDB.NET.Data;

namespace Recoup.Lakehouse.Dbt.Dialect;

/// <summary>Runs Trino's SQL on DuckDB: Trino's answer, or a refusal by name; never another answer.</summary>
internal static class TrinoDialect
{
    /// <summary>Sets the session to UTC and adds the functions that translated statements call. Once a database.</summary>
    public static void Install(DuckDBConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SET TimeZone = 'UTC'";
        command.ExecuteNonQuery();
    }

    /// <summary>Translates one query.</summary>
    /// <param name="sql">Trino's SQL without a semicolon.</param>
    /// <param name="file">The name that errors carry.</param>
    /// <param name="firstLine">The line of the file on which the text begins.</param>
    /// <param name="tables">Knows the columns of tables; without it, what depends on a column's type is refused.</param>
    /// <exception cref="DialectException">Something in it has no translation that gives Trino's answer.</exception>
    public static TranslatedSql Translate(string sql, string file, int firstLine = 1, TableColumns? tables = null) =>
        throw new DialectException(new DialectFinding("D00", file, firstLine, $"no statement is translated yet ({sql.Length} characters)", "Wait for the next commit"));

    /// <summary>Says all that is wrong with a query, in the order of its lines.</summary>
    public static IReadOnlyList<DialectFinding> Lint(string sql, string file, TableColumns? tables = null)
    {
        try
        {
            Translate(sql, file, 1, tables);
            return [];
        }
        catch (DialectException refusal)
        {
            return [refusal.Finding];
        }
    }
}
