using Recoup.Lakehouse.Dbt.Warehouses.Seeds;
using Recoup.Lakehouse.Iceberg.Values;

namespace Recoup.Lakehouse.Dbt.Warehouses.DuckDb;

/// <summary>The statements that ask for relations and change their columns.</summary>
internal static class DuckDbCatalog
{
    public static string Relations(string database, string schema) =>
        $"SELECT table_name, table_type FROM information_schema.tables WHERE table_catalog = {SqlText.Quote(database)} AND lower(table_schema) = lower({SqlText.Quote(schema)}) ORDER BY table_name";

    public static string Columns(Relation relation) =>
        $"SELECT column_name, data_type FROM information_schema.columns WHERE table_catalog = {SqlText.Quote(relation.Database!)} "
        + $"AND lower(table_schema) = lower({SqlText.Quote(relation.Schema)}) AND lower(table_name) = lower({SqlText.Quote(relation.Name)}) ORDER BY ordinal_position";

    /// <summary>
    /// Adds come first, then drops, then types. dbt changes a type by a new column, an update and a rename; DuckDB does not commit an update of a
    /// table that the same transaction has altered.
    /// </summary>
    public static IEnumerable<string> Alter(string table, SchemaChanges changes)
    {
        foreach (var column in changes.Added)
        {
            yield return $"ALTER TABLE {table} ADD COLUMN {SqlText.Name(column.Name)} {column.Type}";
        }

        foreach (var column in changes.Removed)
        {
            yield return $"ALTER TABLE {table} DROP COLUMN {SqlText.Name(column.Name)}";
        }

        foreach (var column in changes.Retyped)
        {
            yield return $"ALTER TABLE {table} ALTER COLUMN {SqlText.Name(column.Name)} SET DATA TYPE {column.Type}";
        }
    }

    public static string CreateSeed(string table, SeedTable seed, SeedOptions options) =>
        $"CREATE TABLE {table} ({string.Join(", ", seed.Columns.Select(column => $"{SqlText.Name(column.Name)} {options.ColumnTypes.GetValueOrDefault(column.Name) ?? TypeOf(column.Type)}"))})";

    /// <summary>A column as dbt prints it.</summary>
    public static string ColumnText(RelationColumn column) =>
        $"DuckDBColumn(column='{column.Name}', dtype='{column.Type}', char_size=None, numeric_precision=None, numeric_scale=None, fields=[])";

    private static string TypeOf(SeedType type) => type switch
    {
        SeedType.Integer => "integer",
        SeedType.Number => "float8",
        SeedType.Boolean => "boolean",
        SeedType.Date => "date",
        SeedType.Timestamp => "timestamp without time zone",
        _ => "text",
    };
}
