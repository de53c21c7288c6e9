using System.Collections;
using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Context;

/// <summary>The rows or columns of a <see cref="QueryTable"/>: by position, and where there are names by name.</summary>
internal sealed class QuerySequence(object?[] items, IReadOnlyList<string> names) : IJinjaSequence
{
    public int Count => items.Length;

    public object? this[int index] => items[index];

    public bool TryGetAttribute(string name, out object? value)
    {
        value = names.ToList().IndexOf(name) is var at and >= 0 ? items[at] : name switch
        {
            "values" => new ContextFunction(_ => new PyTuple(items)),
            "keys" => new ContextFunction(_ => new PyTuple([.. names])),
            _ => null,
        };
        return value is not null;
    }

    public IEnumerator<object?> GetEnumerator() => ((IEnumerable<object?>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => AgateText.Of("MappedSequence", items);
}
