using System.Collections;

namespace Recoup.Lakehouse.Dbt.Jinja.Values;

/// <summary>A generator or iterator: it has no length, and its items can be taken once.</summary>
internal sealed class PyIterator(IEnumerable<object?> items, string typeName = "generator") : IEnumerable<object?>
{
    private readonly IEnumerator<object?> _items = items.GetEnumerator();

    public string TypeName { get; } = typeName;

    public IEnumerator<object?> GetEnumerator()
    {
        while (_items.MoveNext())
        {
            yield return _items.Current;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
