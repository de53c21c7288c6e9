namespace Recoup.Lakehouse.Dbt.Warehouses;

/// <summary>The answer of a query, whole in memory: for <c>run_query</c>, tests and <c>show</c>, not for a model's rows.</summary>
/// <param name="Rows">
/// A cell is <see langword="null"/>, bool, long, <see cref="System.Numerics.BigInteger"/>, double, decimal, string, <see cref="DateOnly"/>, <see cref="TimeOnly"/>,
/// <see cref="DateTime"/> (without a zone), <see cref="DateTimeOffset"/> (with one), byte[], or a list or dictionary of those.
/// </param>
internal sealed record WarehouseRows(IReadOnlyList<RelationColumn> Columns, IReadOnlyList<object?[]> Rows)
{
    public static WarehouseRows Empty { get; } = new([], []);
}
