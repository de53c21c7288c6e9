using System.Collections;
using System.Globalization;
using System.Numerics;
using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Jinja.Json;
using Recoup.Lakehouse.Dbt.Jinja.Modules;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Context;

/// <summary>
/// A cell of an answer as templates of dbt see it: whole numbers are ints, all other numbers Decimals, doubles too; dates and timestamps are
/// those of Python, and what is none of these is text.
/// </summary>
internal static class QueryValue
{
    /// <param name="type">The column's, in the words of the engine.</param>
    public static object? Of(object? cell, string type) => cell switch
    {
        null or bool or string or long => cell,
        int or short or sbyte => Convert.ToInt64(cell, CultureInfo.InvariantCulture),
        BigInteger number => PyInt.Normal(number),
        decimal number => PyDecimal.Of(number),
        // Trino sends a real's own shortest digits; DuckDB's client widens it to a double first.
        double number => PyDecimal.OfFloat(type is "real" ? double.Parse(((float)number).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : number),
        DateOnly date => new PyDate(date),
        DateTime at => new PyDateTime(DateTime.SpecifyKind(at, DateTimeKind.Unspecified)),
        DateTimeOffset at => PyDateTime.Zoned(at),
        TimeOnly time => time.ToString(time.Ticks % TimeSpan.TicksPerSecond == 0 ? "HH:mm:ss" : "HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        Guid id => id.ToString(),
        byte[] bytes => PyValue.Repr(new PyBytes(bytes)),
        IList list => new JsonWriter(isSorted: false).Write(List(list)),
        _ => throw JinjaException.Unsupported($"a value of the type {type} in the answer of a query (CAST it to varchar)"),
    };

    /// <summary>A list is text too: its JSON.</summary>
    private static PyList List(IList list) => new(list.Cast<object?>().Select(item => item switch
    {
        null or bool or string or long or double => item,
        int or short or sbyte => Convert.ToInt64(item, CultureInfo.InvariantCulture),
        IList inner => List(inner),
        _ => throw JinjaException.Unsupported("a list of other than texts, whole numbers, doubles and truth values in the answer of a query (CAST it to varchar)"),
    }));
}
