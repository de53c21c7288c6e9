namespace Recoup.Lakehouse.Dbt.Jinja.Values;

/// <summary>Python's <c>start:stop:step</c>.</summary>
internal sealed record PySlice(object? Start, object? Stop, object? Step)
{
    public object? Of(object? value) => value switch
    {
        string text => string.Concat(Pick([.. PyText.Characters(text)])),
        PyList list => new PyList(Pick(list)),
        PyTuple tuple => new PyTuple([.. Pick(tuple.Items)]),
        PyRange or PyMarkup or PyBytes => throw JinjaException.Unsupported($"a slice of a Python {PyType.NameOf(value)} (make it a list first)"),
        _ => null,
    };

    public static bool Fits(object? value) => value is string or PyList or PyTuple or PyRange or PyMarkup or PyBytes;

    private IEnumerable<T> Pick<T>(IReadOnlyList<T> items)
    {
        var step = Step is null ? 1 : Index(Step);
        if (step == 0)
        {
            throw JinjaException.Runtime("slice step cannot be zero");
        }

        var (lowest, highest) = step > 0 ? (0, items.Count) : (-1, items.Count - 1);
        var start = Bound(Start, step > 0 ? lowest : highest);
        var stop = Bound(Stop, step > 0 ? highest : lowest);
        for (long index = start; step > 0 ? index < stop : index > stop; index += step)
        {
            yield return items[(int)index];
        }

        long Bound(object? given, long otherwise)
        {
            if (given is null)
            {
                return otherwise;
            }

            var index = Index(given);
            return Math.Clamp(index < 0 ? index + items.Count : index, lowest, highest);
        }
    }

    private static long Index(object? value)
    {
        if (value is JinjaUndefined || !PyInt.TryGet(value, out var number))
        {
            throw JinjaException.Runtime("slice indices must be integers or None or have an __index__ method");
        }

        return (long)System.Numerics.BigInteger.Max(int.MinValue, System.Numerics.BigInteger.Min(int.MaxValue, number));
    }
}
