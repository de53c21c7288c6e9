using System.Text.Json.Serialization;

namespace Recoup.Lakehouse.Iceberg.Partitioning;

/// <summary>The order that writers are asked to keep within files; readers do not rely on it.</summary>
public sealed record SortOrder
{
    public static SortOrder Unsorted { get; } = new();

    public int OrderId { get; init; }

    [JsonRequired]
    public IReadOnlyList<SortField> Fields { get; init; } = [];
}

/// <param name="Transform">How the key comes from the column.</param>
/// <param name="SourceId">The column.</param>
/// <param name="Direction"><c>asc</c> or <c>desc</c>.</param>
/// <param name="NullOrder"><c>nulls-first</c> or <c>nulls-last</c>.</param>
public sealed record SortField(
    [property: JsonRequired] Transform Transform,
    [property: JsonRequired] int SourceId,
    [property: JsonRequired] string Direction,
    [property: JsonRequired] string NullOrder);
