using Recoup.Lakehouse.Iceberg.Schemas;
using Recoup.Lakehouse.Iceberg.Values;

namespace Recoup.Lakehouse.Dbt.Warehouses.Lake;

/// <summary>A query whose tables are shown in the session.</summary>
/// <param name="TrinoSql">As the project has it, without the catalog's name.</param>
/// <param name="Sql">For DuckDB.</param>
/// <param name="Columns">What it returns, with the types that a table of the lake would have. Names are in lower case, as in Trino.</param>
internal sealed record LakeStatement(string TrinoSql, string Sql, IReadOnlyList<LakeColumn> Columns)
{
    /// <summary>The rows with exactly the types of <see cref="Columns"/>. The query begins on the first line, so that lines in errors are its own.</summary>
    public string Typed => $"SELECT {string.Join(", ", Columns.Select(column => column.Typed))} FROM ({Sql}\n) AS typed({string.Join(", ", Columns.Select(column => SqlText.Name(column.Name)))})";
}

/// <summary>A column of a query or table.</summary>
internal sealed record LakeColumn(string Name, IcebergType Type)
{
    public string Typed => $"CAST({SqlText.Name(Name)} AS {DuckType.Of(Type)}) AS {SqlText.Name(Name)}";

    public string Missing => $"CAST(NULL AS {DuckType.Of(Type)}) AS {SqlText.Name(Name)}";

    public RelationColumn ToRelation() => new(Name, LakeTypes.Name(Type));
}
