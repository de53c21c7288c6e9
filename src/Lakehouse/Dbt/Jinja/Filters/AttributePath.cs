using System.Globalization;
using Recoup.Lakehouse.Dbt.Jinja.Methods;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Filters;

/// <summary>The <c>attribute</c> of filters: <c>customer.name</c>, <c>0</c>, or nothing for the item itself.</summary>
internal static class AttributePath
{
    /// <param name="otherwise">Stands for a value that is missing; null for none.</param>
    public static Func<object?, object?> Getter(object? attribute, object? otherwise = null)
    {
        var parts = Parts(attribute);
        return item => parts.Aggregate(item, (value, part) =>
            PyAttributes.Item(value, part) is var found && found is JinjaUndefined && otherwise is not null ? otherwise : found);
    }

    /// <summary>Several paths with commas between them, for sorting.</summary>
    public static Func<object?, PyList> Getters(object? attribute, Func<object?, object?> adjust)
    {
        object?[] paths = attribute is string text ? text.Split(',') : [attribute];
        var getters = paths.Select(path => Getter(path)).ToArray();
        return item => [.. getters.Select(getter => adjust(getter(item)))];
    }

    /// <summary>What filters compare by: text without its case, unless they are told otherwise.</summary>
    public static Func<object?, object?> Adjust(object? isCaseSensitive) => PyValue.IsTrue(isCaseSensitive)
        ? value => value
        : value => value is string text ? PyCase.Lower(text) : value;

    private static object?[] Parts(object? attribute) => attribute switch
    {
        null => [],
        string path => [.. path.Split('.').Select(part => part.Length > 0 && part.All(char.IsAsciiDigit) ? long.Parse(part, CultureInfo.InvariantCulture) : (object)part)],
        _ => [attribute],
    };
}
