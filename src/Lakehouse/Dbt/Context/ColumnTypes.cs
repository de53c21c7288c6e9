namespace Recoup.Lakehouse.Dbt.Context;

/// <summary>The warehouse's names of dbt's general types; any other type is its own name.</summary>
internal static class ColumnTypes
{
    public static string Translate(string adapterType, string type) => (adapterType, type.ToUpperInvariant()) switch
    {
        ("trino", "STRING") => "VARCHAR",
        (_, "STRING") => "TEXT",
        ("trino", "FLOAT") => "DOUBLE",
        (_, "TIMESTAMP" or "FLOAT" or "BOOLEAN") => type.ToUpperInvariant(),
        (_, "INTEGER") => type,
        _ => type,
    };
}
