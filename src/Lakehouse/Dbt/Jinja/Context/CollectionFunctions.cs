using Recoup.Lakehouse.Dbt.Jinja.Calls;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using static Recoup.Lakehouse.Dbt.Jinja.Calls.Parameter;

namespace Recoup.Lakehouse.Dbt.Jinja.Context;

/// <summary><c>set</c> and <c>zip</c>, which answer a default where they are given no sequence, and their strict forms.</summary>
internal static class CollectionFunctions
{
    public static IEnumerable<Function> All() =>
    [
        new("set", ["value", Optional("default")], a => PyValue.IsIterable(a[0]) ? ToSet(a[0], a[1], isStrict: false) : a[1]),
        new("set_strict", ["value"], a => ToSet(a[0], null, isStrict: true)),
        new("zip", Function.Anything, a => Zip((JinjaArguments)a[1]!, isStrict: false)),
        new("zip_strict", Function.Anything, a => Zip((JinjaArguments)a[1]!, isStrict: true)),
    ];

    private static object? ToSet(object? value, object? otherwise, bool isStrict)
    {
        try
        {
            return new PySet(PyValue.Iterate(value));
        }
        catch (JinjaException failure) when (!isStrict && failure.Message.StartsWith("unhashable", StringComparison.Ordinal))
        {
            return otherwise;
        }
    }

    private static object? Zip(JinjaArguments arguments, bool isStrict)
    {
        if (!isStrict && !arguments.Positional.All(PyValue.IsIterable))
        {
            return arguments.Keywords.GetValueOrDefault("default");
        }

        return new PyIterator(Combine(arguments.Positional.Select(PyValue.Iterate).ToList()), "zip");
    }

    private static IEnumerable<object?> Combine(IReadOnlyList<IEnumerable<object?>> sources)
    {
        var items = sources.Select(source => source.GetEnumerator()).ToList();
        while (items.Count > 0 && items.All(item => item.MoveNext()))
        {
            yield return new PyTuple([.. items.Select(item => item.Current)]);
        }
    }
}
