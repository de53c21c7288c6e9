namespace Recoup.Lakehouse.Dbt.Jinja.Values;

/// <summary>Python's tuple.</summary>
/// <param name="items">Not changed by anyone afterwards.</param>
internal sealed class PyTuple(params object?[] items)
{
    public IReadOnlyList<object?> Items { get; } = items;

    /// <summary>The names of a named tuple's items.</summary>
    public IList<string> Names { get; init; } = [];

    public bool TryGetNamed(string name, out object? value)
    {
        var index = Names.IndexOf(name);
        value = index >= 0 ? Items[index] : null;
        return index >= 0;
    }
}
