using System.Text.Json;
using DuckDB.NET.Data;
using Recoup.Lakehouse.Dbt.Warehouses;
using Recoup.Lakehouse.Dbt.Warehouses.DuckDb;
using Recoup.Lakehouse.Iceberg.Schemas;
using Recoup.Lakehouse.Iceberg.Values;
using Recoup.Lakehouse.Tests.FlinkSql;
using Recoup.Lakehouse.Tests.Iceberg;

namespace Recoup.Lakehouse.Tests.Dbt.Project;

/// <summary>The project over a DuckDB file, as dbt-duckdb runs it: DuckDB's own macros, and none of Trino's.</summary>
internal sealed class ProjectDatabase : ProjectHome
{
    private readonly Dictionary<string, Schema> bronze = [];

    public ProjectDatabase()
        : base("duckdb")
    {
        using var connection = OpenConnection();
        Duck.Run(connection, "CREATE SCHEMA bronze");
        using var definitions = JsonDocument.Parse(File.ReadAllText(Path.Combine(ScriptRun.Folder, "tables.json")));
        foreach (var table in definitions.RootElement.EnumerateObject())
        {
            var schema = SchemaOf(table.Value);
            bronze[table.Name] = schema;
            Duck.Run(connection, $"CREATE TABLE {table.Name} ({string.Join(", ", schema.Fields.Select(field => $"{SqlText.Name(field.Name)} {DuckType.Of(field.Type)}"))})");
        }
    }

    public override Task AppendAsync(IEnumerable<BronzeRow> rows)
    {
        using var connection = OpenConnection();
        foreach (var table in rows.GroupBy(row => $"bronze.{row.Table}"))
        {
            Duck.Run(connection, $"INSERT INTO {table.Key} {BronzeRow.Select(table, bronze[table.Key])}");
        }

        return Task.CompletedTask;
    }

    public override Task<IReadOnlyDictionary<string, string[]>> TablesAsync()
    {
        using var connection = OpenConnection();
        var tables = Duck.Texts(connection, "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE schema_name IN ('silver', 'gold') AND NOT temporary");
        return Task.FromResult<IReadOnlyDictionary<string, string[]>>(
            tables.ToDictionary(table => table, table => Duck.Texts(connection, $"SELECT CAST(to_json(t) AS VARCHAR) FROM {table} AS t ORDER BY ALL")));
    }

    protected override IWarehouse Open() => new DuckDbWarehouse(DatabasePath);

    protected override void Close()
    {
    }

    private static Schema SchemaOf(JsonElement table) => new()
    {
        Fields = [.. table.GetProperty("columns").EnumerateArray().Select((column, index) => new NestedField(index + 1, column[0].GetString()!, TypeText.Parse(column[1].GetString()!)))],
    };

    private string DatabasePath => Path.Combine(Project.Root, "recoup.duckdb");

    private DuckDBConnection OpenConnection()
    {
        var connection = new DuckDBConnection($"DataSource={DatabasePath}");
        connection.Open();
        Duck.Run(connection, "SET TimeZone='UTC'");
        return connection;
    }
}
