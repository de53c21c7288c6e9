using Recoup.Lakehouse.Dbt.Jinja.Calls;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using static Recoup.Lakehouse.Dbt.Jinja.Calls.Parameter;

namespace Recoup.Lakehouse.Dbt.Jinja.Modules;

/// <summary>Python's <c>itertools</c>: chain, product, combinations, permutations, islice, accumulate, repeat, zip_longest.</summary>
internal static class IterationModule
{
    public static Dictionary<string, object?> Members()
    {
        var members = All().ToDictionary(function => function.Name, object? (function) => function);
        members["chain"] = new PythonType("itertools.chain", arguments => new PyIterator(arguments.Positional.SelectMany(PyValue.Iterate), "itertools.chain"), new Dictionary<string, object?>
        {
            ["from_iterable"] = new Function("from_iterable", ["_items"], a => new PyIterator(PyValue.Iterate(a[0]).SelectMany(PyValue.Iterate), "itertools.chain")),
        });
        RefusedMembers.Add(members, "itertools", "count", "cycle", "compress", "dropwhile", "takewhile", "filterfalse", "groupby", "starmap", "tee", "combinations_with_replacement");
        return members;
    }

    private static IEnumerable<Function> All() =>
    [
        new("product", Function.Anything, a => Product((JinjaArguments)a[1]!)),
        new("combinations", ["iterable", "r"], a => new PyIterator(Tuples(Combinations([.. PyValue.Iterate(a[0])], PyInt.Small(a[1]), 0)), "itertools.combinations")),
        new("permutations", ["iterable", Optional("r")], a => Permutations([.. PyValue.Iterate(a[0])], a[1])),
        new("repeat", ["object", "times"], a => new PyIterator(Enumerable.Repeat(a[0], Math.Max(0, PyInt.Small(a[1]))), "itertools.repeat")),
        new("accumulate", ["iterable"], a => new PyIterator(Accumulate(PyValue.Iterate(a[0])), "itertools.accumulate")),
        new("islice", ["_iterable", "_start", Optional("_stop"), Optional("_step")], Islice),
        new("zip_longest", Function.Anything, a => ZipLongest((JinjaArguments)a[1]!)),
    ];

    private static PyIterator Product(JinjaArguments arguments)
    {
        var pools = arguments.Positional.Select(pool => PyValue.Iterate(pool).ToList()).ToList();
        var repeated = Enumerable.Repeat(pools, PyInt.Small(arguments.Keywords.GetValueOrDefault("repeat", 1L))).SelectMany(pool => pool);
        IEnumerable<IEnumerable<object?>> rows = repeated.Aggregate(
            (IEnumerable<IEnumerable<object?>>)[[]], (sofar, pool) => sofar.SelectMany(_ => pool, (row, item) => row.Append(item)));
        return new(Tuples(rows), "itertools.product");
    }

    private static IEnumerable<IEnumerable<object?>> Combinations(IReadOnlyList<object?> items, int count, int from) => count == 0
        ? [[]]
        : Enumerable.Range(from, items.Count - from).SelectMany(index => Combinations(items, count - 1, index + 1).Select(rest => rest.Prepend(items[index])));

    private static PyIterator Permutations(IReadOnlyList<object?> items, object? count)
    {
        var length = count is null ? items.Count : PyInt.Small(count);
        return new(Tuples(Rows(length, [])), "itertools.permutations");

        IEnumerable<IEnumerable<object?>> Rows(int left, IReadOnlyList<int> used) => left == 0
            ? [used.Select(index => items[index])]
            : Enumerable.Range(0, items.Count).Except(used).SelectMany(index => Rows(left - 1, [.. used, index]));
    }

    private static IEnumerable<object?> Tuples(IEnumerable<IEnumerable<object?>> rows) => rows.Select(row => new PyTuple([.. row]));

    private static IEnumerable<object?> Accumulate(IEnumerable<object?> items)
    {
        object? sum = null;
        var isFirst = true;
        foreach (var item in items)
        {
            sum = isFirst ? item : PyArithmetic.Add(sum, item);
            isFirst = false;
            yield return sum;
        }
    }

    private static PyIterator Islice(object?[] arguments)
    {
        var start = arguments[2] is null ? 0 : PyInt.Small(arguments[1]);
        var stop = PyInt.Small(arguments[2] ?? arguments[1]);
        var step = arguments[3] is null ? 1 : PyInt.Small(arguments[3]);
        return start >= 0 && stop >= 0 && step > 0
            ? new(PyValue.Iterate(arguments[0]).Take(stop).Skip(start).Where((_, index) => index % step == 0), "itertools.islice")
            : throw JinjaException.Runtime("Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
    }

    private static PyIterator ZipLongest(JinjaArguments arguments)
    {
        var columns = arguments.Positional.Select(column => PyValue.Iterate(column).ToList()).ToList();
        var fill = arguments.Keywords.GetValueOrDefault("fillvalue");
        var rows = Enumerable.Range(0, columns.Select(column => column.Count).DefaultIfEmpty(0).Max());
        return new(Tuples(rows.Select(row => columns.Select(column => row < column.Count ? column[row] : fill))), "itertools.zip_longest");
    }
}
