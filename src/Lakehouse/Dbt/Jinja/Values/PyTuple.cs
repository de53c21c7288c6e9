namespace Recoup.Lakehouse.Dbt.Jinja.Values;

/// <summary>Python's tuple.</summary>
/// <param name="items">Not changed by anyone afterwards.</param>
internal sealed class PyTuple(params object?[] items)
{
    public IReadOnlyList<object?> Items { get; } = items;
}
