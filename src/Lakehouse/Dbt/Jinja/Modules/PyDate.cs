using System.Globalization;
using Recoup.Lakehouse.Dbt.Jinja.Calls;
using Recoup.Lakehouse.Dbt.Jinja.Formatting;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using static Recoup.Lakehouse.Dbt.Jinja.Calls.Parameter;

namespace Recoup.Lakehouse.Dbt.Jinja.Modules;

/// <summary>Python's <c>datetime.date</c>.</summary>
internal sealed record PyDate(DateOnly Value) : IJinjaObject, IPyRepr, IPyNumber, IPyOrdered, IPyFormattable
{
    public string TypeName => "datetime.date";

    public string Repr => $"datetime.date({Value.Year}, {Value.Month}, {Value.Day})";

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "year" => (long)Value.Year,
            "month" => (long)Value.Month,
            "day" => (long)Value.Day,
            "isoformat" => new Function(name, [], _ => ToString()),
            "weekday" => new Function(name, [], _ => (((long)Value.DayOfWeek) + 6) % 7),
            "isoweekday" => new Function(name, [], _ => ((((long)Value.DayOfWeek) + 6) % 7) + 1),
            "strftime" => new Function(name, ["format"], a => Format(PyValue.Text(a[0]))),
            "replace" => new Function(name, [Optional("year"), Optional("month"), Optional("day")], a =>
                Create(a[0] ?? (long)Value.Year, a[1] ?? (long)Value.Month, a[2] ?? (long)Value.Day)),
            "toordinal" => new Function(name, [], _ => Value.DayNumber + 1L),
            _ => throw JinjaException.Unsupported($"'{name}' of a date"),
        };
        return true;
    }

    public static PyDate Create(object? year, object? month, object? day)
    {
        try
        {
            return new(new DateOnly(PyInt.Small(year), PyInt.Small(month), PyInt.Small(day)));
        }
        catch (ArgumentOutOfRangeException)
        {
            throw JinjaException.Runtime(PyInt.Small(month) is < 1 or > 12 ? "month must be in 1..12" : "day is out of range for month");
        }
    }

    public object? Combine(string symbol, object? right) => (symbol, right) switch
    {
        ("+", PyTimeDelta delta) => new PyDate(Value.AddDays((int)delta.Days)),
        ("-", PyTimeDelta delta) => new PyDate(Value.AddDays(-(int)delta.Days)),
        ("-", PyDate other) => PyTimeDelta.OfDays(Value.DayNumber - other.Value.DayNumber),
        _ => null,
    };

    public object? CombineFromRight(string symbol, object? left) => symbol == "+" && left is PyTimeDelta ? Combine(symbol, left) : null;

    public object Negate() => throw JinjaException.Runtime("bad operand type for unary -: 'datetime.date'");

    public int? CompareTo(IPyOrdered other) => other is PyDate date ? Value.CompareTo(date.Value) : null;

    public string Format(string spec) => TimeText.Format(spec, Value.ToDateTime(TimeOnly.MinValue), null, "");

    public override string ToString() => Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
