using System.Collections;

namespace Recoup.Lakehouse.Dbt.Jinja.Values;

/// <summary>Python's set.</summary>
/// <remarks>
/// Python's order follows hashes: small ints come sorted. Texts hash with a random seed there, so any order, here the first
/// added first, is one that Python may give.
/// </remarks>
internal sealed class PySet(IEnumerable<object?> items) : IEnumerable<object?>
{
    private readonly PyDict _items = new(items.Select(item => KeyValuePair.Create(item, (object?)null)));

    public int Count => _items.Count;

    public bool Contains(object? item) => _items.ContainsKey(item);

    public void Add(object? item) => _items.Add(item, null);

    public bool Remove(object? item) => _items.Remove(item, out _);

    public void Clear() => _items.Clear();

    public bool IsSubsetOf(PySet other) => _items.Keys.All(other.Contains);

    public IEnumerator<object?> GetEnumerator()
    {
        var numbers = _items.Keys.Where(item => item is not (string or PyTuple or null)).ToList();
        if (_items.Count < 2 || numbers.Count == 0)
        {
            return _items.Keys.GetEnumerator();
        }

        return numbers.Count == _items.Count && numbers.All(IsOwnSlot)
            ? PySort.Sort(numbers, item => item).GetEnumerator()
            : throw JinjaException.Unsupported("the order of a set of other than texts or small ints (sort it first)");
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>What has no order to rely on, for those who sort it themselves.</summary>
    public IEnumerable<object?> InAnyOrder() => _items.Keys;

    /// <summary>The number is below the size of CPython's hash table, so its slot is its value.</summary>
    private bool IsOwnSlot(object? item)
    {
        var size = 8;
        while (Count * 5 >= (size - 1) * 3)
        {
            size *= 4;
        }

        return item is long number && number >= 0 && number < size;
    }
}
