using Recoup.Lakehouse.Dbt.Warehouses.DuckDb;
using Recoup.Lakehouse.Dbt.Warehouses.Seeds;
using Recoup.Lakehouse.Iceberg.Values;

namespace Recoup.Lakehouse.Dbt.Warehouses.Lake;

/// <summary>A seed's rows on their way to a table of the lake.</summary>
internal sealed record LakeSeed(SeedTable Seed, IReadOnlyList<LakeColumn> Columns)
{
    private const int RowsAtOnce = 500;

    public static LakeSeed Of(SeedTable seed, SeedOptions options) => new(
        seed,
        [.. seed.Columns.Select(column => new LakeColumn(
            column.Name.ToLowerInvariant(), LakeTypes.Parse(column.Name, options.ColumnTypes.GetValueOrDefault(column.Name) ?? TypeOf(column.Type))))]);

    /// <summary>Puts the cells as text into a temporary table.</summary>
    public void Stage(DuckDbSession duck, string table)
    {
        duck.Run($"CREATE OR REPLACE TEMP TABLE {table} ({string.Join(", ", Columns.Select(column => $"{SqlText.Name(column.Name)} VARCHAR"))})");
        foreach (var rows in Seed.Rows.Chunk(RowsAtOnce))
        {
            duck.Run($"INSERT INTO {table} VALUES {string.Join(", ", rows.Select(row => $"({string.Join(", ", row.Select(Literal))})"))}");
        }
    }

    /// <summary>The rows with the columns' types; a cell that does not fit is an error.</summary>
    public string Select(string table) => $"SELECT {string.Join(", ", Columns.Select(column => column.Typed))} FROM {table}";

    private static string Literal(string? cell) => cell is null ? "NULL" : SqlText.Quote(cell);

    private static string TypeOf(SeedType type) => type switch
    {
        SeedType.Integer => "integer",
        SeedType.Number => "double",
        SeedType.Boolean => "boolean",
        SeedType.Date => "date",
        SeedType.Timestamp => "timestamp(6)",
        _ => "varchar",
    };
}
