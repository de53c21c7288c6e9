namespace Recoup.Lakehouse.Dbt.Warehouses.Lake;

/// <summary>What a run over the lake may use.</summary>
/// <param name="Database">The catalog's name in SQL: the profile's <c>database</c>.</param>
/// <param name="SpillFolder">Where DuckDB puts what does not fit into memory.</param>
internal sealed record LakeWarehouseOptions(string Database, string SpillFolder)
{
    /// <summary>DuckDB's share; what this process needs itself comes on top.</summary>
    public long MemoryBytes { get; init; } = 1536L * 1024 * 1024;

    public int Threads { get; init; } = Environment.ProcessorCount;
}
