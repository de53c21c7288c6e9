using System.Reflection;
using DuckDB.NET.Data;
using Recoup.Lakehouse.Dbt.Dialect;

namespace Recoup.Lakehouse.Tests.Dbt.Dialect;

/// <summary>A DuckDB in memory that answers Trino's SQL.</summary>
internal sealed class TrinoOnDuck : IDisposable
{
    private static readonly MethodInfo ReadAs = typeof(DuckDBDataReader).GetMethod(nameof(DuckDBDataReader.GetFieldValue))!;

    private readonly DuckDBConnection connection = new("DataSource=:memory:");

    /// <summary>Trino's types of the columns of the last query.</summary>
    public IReadOnlyList<string?> Types { get; private set; } = [];

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
        var translated = TrinoDialect.Translate(sql, "test.sql", 1, tables);
        Types = [.. translated.Columns.Select(column => column.Type)];
        command.CommandText = translated.Text;
        using var reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(column => Read(reader, column))]);
        }

        return rows;
    }

    private static object? Read(DuckDBDataReader reader, int column)
    {
        if (reader.IsDBNull(column))
        {
            return null;
        }

        var type = reader.GetFieldType(column);
        var wanted = Nullable(type);
        return wanted == type ? reader.GetValue(column) : ReadAs.MakeGenericMethod(wanted).Invoke(reader, [column]);
    }

    /// <summary>The reader gives a list or map with NULLs only where its element type may be null.</summary>
    private static Type Nullable(Type type) =>
        !type.IsGenericType ? type
        : type.GetGenericTypeDefinition() == typeof(Dictionary<,>) && type.GenericTypeArguments is [var key, { IsValueType: true } value] ? typeof(Dictionary<,>).MakeGenericType(key, typeof(Nullable<>).MakeGenericType(value))
        : type.GetGenericTypeDefinition() != typeof(List<>) ? type
        : type.GenericTypeArguments[0] is { IsValueType: true } element ? typeof(List<>).MakeGenericType(typeof(Nullable<>).MakeGenericType(element))
        : typeof(List<>).MakeGenericType(Nullable(type.GenericTypeArguments[0]));

    public void Dispose() => connection.Dispose();
}
