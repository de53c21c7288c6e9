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
/// <param name="Rows">A cell is the text in the file, or <see langword="null"/>; text that is a number, a truth value or a time is as the file has it.</param>
internal sealed record SeedTable(IReadOnlyList<SeedColumn> Columns, IReadOnlyList<string?[]> Rows);

/// <summary>How a seed becomes a table.</summary>
internal sealed record SeedOptions
{
    /// <summary>dbt's <c>column_types</c>: types in the warehouse's SQL, by column.</summary>
    public IReadOnlyDictionary<string, string> ColumnTypes { get; init; } = new Dictionary<string, string>();

    /// <summary>Makes the table anew, with the columns that the file has now; otherwise rows are replaced and the columns stay.</summary>
    public bool FullRefresh { get; init; }
}
