namespace Recoup.Lakehouse.Dbt.Warehouses;

/// <summary>A statement failed, or was refused.</summary>
/// <param name="message">The engine's message, or the refusal with what would be right.</param>
/// <param name="line">The line in the SQL, from 1, where it is known.</param>
/// <param name="kind">dbt's word for it.</param>
internal sealed class WarehouseException(string message, int? line = null, WarehouseFailure kind = WarehouseFailure.Database, Exception? inner = null)
    : Exception(message, inner)
{
    public int? Line { get; } = line;

    public WarehouseFailure Kind { get; } = kind;
}

/// <summary>dbt's classes of failures of a node.</summary>
internal enum WarehouseFailure
{
    /// <summary>The engine refused the statement: dbt's "Runtime Error" (dbt-duckdb) or "Database Error" (dbt-trino).</summary>
    Database,

    /// <summary>dbt itself refused: its "Compilation Error".</summary>
    Compilation,
}
