using Microsoft.Data.Sqlite;

namespace Recoup.Lakehouse.Iceberg.Catalogs;

/// <summary>The statements of one transaction; every one is given the catalog's name as <c>$catalog</c>.</summary>
internal sealed class CatalogDatabase(SqliteTransaction transaction, string catalogName)
{
    public int Run(string sql, params IEnumerable<(string Name, string? Value)> parameters)
    {
        using var command = Command(sql, parameters);
        return command.ExecuteNonQuery();
    }

    public List<string?[]> Query(string sql, params IEnumerable<(string Name, string? Value)> parameters)
    {
        using var command = Command(sql, parameters);
        using var reader = command.ExecuteReader();
        var rows = new List<string?[]>();
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(index => reader.IsDBNull(index) ? null : reader.GetString(index))]);
        }

        return rows;
    }

    public bool Any(string sql, params IEnumerable<(string Name, string? Value)> parameters) => Query(sql, parameters).Count > 0;

    private SqliteCommand Command(string sql, IEnumerable<(string Name, string? Value)> parameters)
    {
        var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.Parameters.AddWithValue("$catalog", catalogName);
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, (object?)value ?? DBNull.Value);
        }

        return command;
    }
}
