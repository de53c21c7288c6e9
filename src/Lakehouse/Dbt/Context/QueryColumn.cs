using System.Collections;
using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Context;

/// <summary>A column of a <see cref="QueryTable"/>.</summary>
internal sealed class QueryColumn(string columnName, object?[] values) : IJinjaSequence
{
    public int Count => values.Length;

    public object? this[int index] => values[index];

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "name" => columnName,
            "values" => new ContextFunction(_ => new PyTuple(values)),
            "values_distinct" => new ContextFunction(_ => new PyTuple([.. values.Distinct()])),
            "values_without_nulls_sorted" => new ContextFunction(_ => new PyList(values.Where(item => item is not null).Order(Comparer<object?>.Create(PyOrder.Compare)))),
            "values_without_nulls" => new ContextFunction(_ => new PyTuple([.. values.Where(item => item is not null)])),
            _ => null,
        };
        return value is not null;
    }

    public IEnumerator<object?> GetEnumerator() => ((IEnumerable<object?>)values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => AgateText.Of("Column", values);
}
