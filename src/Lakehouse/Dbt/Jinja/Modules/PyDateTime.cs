using System.Globalization;
using Recoup.Lakehouse.Dbt.Jinja.Calls;
using Recoup.Lakehouse.Dbt.Jinja.Formatting;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using static Recoup.Lakehouse.Dbt.Jinja.Calls.Parameter;

namespace Recoup.Lakehouse.Dbt.Jinja.Modules;

/// <summary>Python's <c>datetime.datetime</c>.</summary>
/// <param name="Value">As the clock on the wall shows it.</param>
/// <param name="Offset">From UTC; null for one without a zone.</param>
internal sealed record PyDateTime(DateTime Value, TimeSpan? Offset = null) : IJinjaObject, IPyRepr, IPyNumber, IPyOrdered, IPyFormattable
{
    public string TypeName => "datetime.datetime";

    public string Repr => Offset is null ? $"datetime.datetime({string.Join(", ", Parts())})" : throw JinjaException.Unsupported("the repr of a datetime with a zone");

    public static PyDateTime Zoned(DateTimeOffset moment) =>
        new(DateTime.SpecifyKind(moment.DateTime, DateTimeKind.Unspecified).AddTicks(-(moment.Ticks % TimeSpan.TicksPerMicrosecond)), moment.Offset);

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "hour" => (long)Value.Hour,
            "minute" => (long)Value.Minute,
            "second" => (long)Value.Second,
            "microsecond" => Value.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond,
            "date" => new Function(name, [], _ => new PyDate(DateOnly.FromDateTime(Value))),
            "isoformat" => new Function(name, [Optional("sep", "T")], a => Text(PyValue.Text(a[0]))),
            "strftime" => new Function(name, ["format"], a => Format(PyValue.Text(a[0]))),
            "timestamp" => new Function(name, [], _ => (Utc() - DateTime.UnixEpoch).Ticks / (double)TimeSpan.TicksPerSecond),
            "astimezone" => new Function(name, ["tz"], a => InZone(a[0])),
            "replace" => new Function(name, [.. Names.Select(part => Optional(part))], Replace),
            "year" or "month" or "day" or "weekday" or "isoweekday" or "toordinal" => DatePart(name),
            _ => throw JinjaException.Unsupported($"'{name}' of a datetime"),
        };
        return true;
    }

    private static readonly string[] Names = ["year", "month", "day", "hour", "minute", "second", "microsecond", "tzinfo"];

    /// <param name="parts">year, month, day, hour, minute, second, microsecond, tzinfo.</param>
    public static PyDateTime Create(IReadOnlyList<object?> parts)
    {
        var numbers = parts.Take(7).Select(PyInt.Small).ToArray();
        if (numbers[3] is < 0 or > 23 || numbers[4] is < 0 or > 59 || numbers[5] is < 0 or > 59 || numbers[6] is < 0 or > 999_999)
        {
            throw JinjaException.Runtime("hour, minute, second or microsecond is out of range");
        }

        var day = PyDate.Create(parts[0], parts[1], parts[2]).Value.ToDateTime(TimeOnly.MinValue);
        var time = new TimeSpan(0, numbers[3], numbers[4], numbers[5]) + TimeSpan.FromTicks(numbers[6] * TimeSpan.TicksPerMicrosecond);
        return new(day + time, parts[7] switch
        {
            null => null,
            PyZone zone when zone == PyZone.Utc => TimeSpan.Zero,
            _ => throw JinjaException.Unsupported("a datetime made with a zone other than UTC (use localize)"),
        });
    }

    public object? Combine(string symbol, object? right) => (symbol, right) switch
    {
        ("+", PyTimeDelta delta) => this with { Value = Value + delta.Value },
        ("-", PyTimeDelta delta) => this with { Value = Value - delta.Value },
        ("-", PyDateTime other) when Offset is null == other.Offset is null => new PyTimeDelta(Utc() - other.Utc()),
        ("-", PyDateTime) => throw JinjaException.Runtime("can't subtract offset-naive and offset-aware datetimes"),
        _ => null,
    };

    public object? CombineFromRight(string symbol, object? left) => symbol == "+" && left is PyTimeDelta ? Combine(symbol, left) : null;

    public object Negate() => throw JinjaException.Runtime("bad operand type for unary -: 'datetime.datetime'");

    public int? CompareTo(IPyOrdered other) => other is PyDateTime time && Offset is null == time.Offset is null ? Utc().CompareTo(time.Utc()) : null;

    public bool Equals(PyDateTime? other) => other is not null && Offset is null == other.Offset is null && Utc() == other.Utc();

    public override int GetHashCode() => Utc().GetHashCode();

    public string Format(string spec) => TimeText.Format(spec, Value, Offset, Offset == TimeSpan.Zero ? "UTC" : null);

    public override string ToString() => Text(" ");

    private DateTime Utc() => Value - (Offset ?? TimeSpan.Zero);

    private string Text(string separator)
    {
        var micros = Value.Ticks % TimeSpan.TicksPerSecond == 0 ? "" : Value.ToString(".ffffff", CultureInfo.InvariantCulture);
        return Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + separator + Value.ToString("HH:mm:ss", CultureInfo.InvariantCulture) + micros + TimeText.Offset(Offset, ":");
    }

    private IEnumerable<long> Parts()
    {
        var micros = Value.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond;
        long[] parts = [Value.Year, Value.Month, Value.Day, Value.Hour, Value.Minute, Value.Second, micros];
        return parts.Take(micros > 0 ? 7 : Value.Second > 0 ? 6 : 5);
    }

    private PyDateTime InZone(object? zone)
    {
        var target = zone as PyZone ?? throw JinjaException.Unsupported("astimezone() without a zone of pytz");
        var utc = Offset is null ? throw JinjaException.Unsupported("astimezone() of a datetime without a zone") : DateTime.SpecifyKind(Utc(), DateTimeKind.Utc);
        var local = TimeZoneInfo.ConvertTimeFromUtc(utc, target.Zone);
        return new(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), local - utc);
    }

    private PyDateTime Replace(object?[] given)
    {
        object?[] own = [(long)Value.Year, (long)Value.Month, (long)Value.Day, (long)Value.Hour, (long)Value.Minute, (long)Value.Second, Value.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond];
        var replaced = Create([.. own.Select((part, index) => given[index] ?? part), given[7]]);
        return given[7] is null ? replaced with { Offset = Offset } : replaced;
    }

    private object? DatePart(string name)
    {
        new PyDate(DateOnly.FromDateTime(Value)).TryGetAttribute(name, out var value);
        return value;
    }
}
