using DuckDB.NET.Data;
using Recoup.Lakehouse.Dbt.Dialect;

namespace Recoup.Lakehouse.Tests.Dbt.Dialect;

/// <summary>A DuckDB in memory that answers Trino's SQL.</summary>
internal sealed class TrinoOnDuck : IDisposable
{
    private readonly DuckDBConnection connection = new("DataSource=:memory:");

    public TrinoOnDuck()
    {
        connection.Open();
        TrinoDialect.Install(connection);
    }

    /// <summary>The rows of a statement that DuckDB reads as it is.</summary>
    public void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>The rows of a statement of Trino's.</summary>
    public List<object?[]> Query(string sql, TableColumns? tables = null)
    {
        using var command = connection.CreateCommand();
        command.CommandText = TrinoDialect.Translate(sql, "test.sql", 1, tables).Text;
        using var reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add([.. row.Select(value => value is DBNull ? null : value)]);
        }

        return rows;
    }

    public void Dispose() => connection.Dispose();
}
