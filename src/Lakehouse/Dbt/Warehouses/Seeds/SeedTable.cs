namespace Recoup.Lakehouse.Dbt.Warehouses.Seeds;

/// <summary>The types that dbt finds in a CSV file.</summary>
internal enum SeedType
{
    Integer,
    Number,
    Boolean,
    Date,
    Timestamp,
    Text,
}

internal sealed record SeedColumn(string Name, SeedType Type);

/// <summary>A CSV file as dbt reads it.</summary>
/// <param name="Rows">
/// A cell is <see langword="null"/>, or text: what the file has, but a number without signs of currency, per cent and thousands, a truth value as
/// <c>true</c> or <c>false</c>, and a time as <c>2026-01-31 10:00:00</c>.
/// </param>
/// <param name="Path">The file; DuckDB reads it itself.</param>
/// <param name="Delimiter">What stands between two cells.</param>
internal sealed record SeedTable(IReadOnlyList<SeedColumn> Columns, IReadOnlyList<string?[]> Rows, string Path, char Delimiter);

/// <summary>How a seed becomes a table.</summary>
internal sealed record SeedOptions
{
    /// <summary>dbt's <c>column_types</c>: types in the warehouse's SQL, by column.</summary>
    public IReadOnlyDictionary<string, string> ColumnTypes { get; init; } = new Dictionary<string, string>();

    /// <summary>Makes the table anew, with the columns that the file has now; otherwise rows are replaced and the columns stay.</summary>
    public bool FullRefresh { get; init; }
}
