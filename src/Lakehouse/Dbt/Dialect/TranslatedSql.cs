namespace Recoup.Lakehouse.Dbt.Dialect;

/// <summary>A statement for a DuckDB connection on which <see cref="TrinoDialect.Install"/> ran, with what Trino says of its columns.</summary>
/// <param name="Text">DuckDB's SQL.</param>
/// <param name="Columns">The result's columns with Trino's types; <see langword="null"/> as type where a table's columns were not known.</param>
internal sealed record TranslatedSql(string Text, IReadOnlyList<TranslatedColumn> Columns);

/// <summary>One column of a result.</summary>
/// <param name="Type">Trino's name of the type, such as <c>timestamp(6) with time zone</c>.</param>
internal sealed record TranslatedColumn(string Name, string? Type);

/// <summary>Says what columns a table has, so that an expression over it can be typed.</summary>
/// <param name="name">The parts of the table's name as written: catalog, schema and table, or less.</param>
/// <returns>Names and types (Trino's or DuckDB's names of types); <see langword="null"/> for a table that is not known.</returns>
internal delegate IReadOnlyList<(string Name, string Type)>? TableColumns(IReadOnlyList<string> name);
