namespace Recoup.Lakehouse.Dbt.Jinja.Values;

/// <summary>Python's <c>sorted</c>: stable, also in reverse. It is a merge sort of our own, for .NET's wraps what a comparison throws.</summary>
internal static class PySort
{
    /// <param name="key">What to compare of each item.</param>
    /// <exception cref="JinjaException">Two keys have no order.</exception>
    public static PyList Sort(IEnumerable<object?> items, Func<object?, object?> key, bool isReversed = false)
    {
        var keyed = items.Select(item => (Item: item, Key: key(item))).ToArray();
        return [.. Sort(keyed, isReversed).Select(pair => pair.Item)];
    }

    /// <summary>The entries of a dict by their keys.</summary>
    public static IEnumerable<KeyValuePair<object?, object?>> ByKey(PyDict dict) =>
        Sort(dict.Keys, key => key).Select(key => KeyValuePair.Create(key, dict[key]));

    private static (object? Item, object? Key)[] Sort((object? Item, object? Key)[] items, bool isReversed)
    {
        if (items.Length < 2)
        {
            return items;
        }

        var middle = items.Length / 2;
        return Merge(Sort(items[..middle], isReversed), Sort(items[middle..], isReversed), isReversed);
    }

    private static (object? Item, object? Key)[] Merge((object? Item, object? Key)[] left, (object? Item, object? Key)[] right, bool isReversed)
    {
        var merged = new (object? Item, object? Key)[left.Length + right.Length];
        var (fromLeft, fromRight) = (0, 0);
        for (var index = 0; index < merged.Length; index++)
        {
            var takesRight = fromLeft == left.Length
                || (fromRight < right.Length && IsBefore(right[fromRight].Key, left[fromLeft].Key, isReversed));
            merged[index] = takesRight ? right[fromRight++] : left[fromLeft++];
        }

        return merged;
    }

    private static bool IsBefore(object? later, object? earlier, bool isReversed) =>
        isReversed ? PyOrder.Compare(earlier, later) < 0 : PyOrder.Compare(later, earlier) < 0;
}
