using System.Collections;
using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Context;

/// <summary>A row of a <see cref="QueryTable"/>: by position, and by column.</summary>
internal sealed class QueryRow(IReadOnlyList<string> names, object?[] values) : IJinjaSequence
{
    public int Count => values.Length;

    public object? this[int index] => values[index];

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "values" => new ContextFunction(_ => new PyTuple(values)),
            "get" => new ContextFunction(arguments => names.ToList().IndexOf(PyValue.Text(arguments.Require(0, "key", "get"))) is var at and >= 0 ? values[at] : arguments.Get(1, "default", null)),
            "keys" => new ContextFunction(_ => new PyTuple([.. names])),
            "dict" or "items" => new ContextFunction(_ => name == "dict" ? Dictionary() : new PyList(Dictionary().Select(entry => new PyTuple(entry.Key, entry.Value)))),
            _ => names.ToList().IndexOf(name) is var at and >= 0 ? values[at] : null,
        };
        return value is not null || names.Contains(name);
    }

    public IEnumerator<object?> GetEnumerator() => ((IEnumerable<object?>)values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => AgateText.Of("Row", values);

    private PyDict Dictionary() => new(names.Zip(values, (name, value) => KeyValuePair.Create<object?, object?>(name, value)));
}
