using Recoup.Lakehouse.Dbt.Jinja.Calls;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Modules;

/// <summary>Python's <c>datetime.timedelta</c>: days may be negative, seconds and microseconds are not.</summary>
internal sealed record PyTimeDelta(TimeSpan Value) : IJinjaObject, IPyNumber, IPyOrdered
{
    public string TypeName => "datetime.timedelta";

    public long Days => (long)Math.Floor(Value.TotalDays);

    private long Seconds => (long)Math.Floor(Rest.TotalSeconds);

    private long Microseconds => Rest.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond;

    private TimeSpan Rest => Value - TimeSpan.FromDays(Days);

    public static PyTimeDelta OfDays(long days) => new(TimeSpan.FromDays(days));

    /// <param name="parts">days, seconds, microseconds, milliseconds, minutes, hours, weeks: ints or floats.</param>
    public static PyTimeDelta Create(object?[] parts)
    {
        long[] ticks = [TimeSpan.TicksPerDay, TimeSpan.TicksPerSecond, TimeSpan.TicksPerMicrosecond, TimeSpan.TicksPerMillisecond, TimeSpan.TicksPerMinute, TimeSpan.TicksPerHour, 7 * TimeSpan.TicksPerDay];
        return new(parts.Select((part, index) => Span(part, ticks[index])).Aggregate(TimeSpan.Zero, (sum, span) => sum + span));
    }

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "days" => Days,
            "seconds" => Seconds,
            "microseconds" => Microseconds,
            "total_seconds" => new Function(name, [], _ => Value.Ticks / (double)TimeSpan.TicksPerSecond),
            _ => throw JinjaException.Unsupported($"'{name}' of a timedelta"),
        };
        return true;
    }

    public object? Combine(string symbol, object? right) => (symbol, right) switch
    {
        ("+", PyTimeDelta other) => new PyTimeDelta(Value + other.Value),
        ("-", PyTimeDelta other) => new PyTimeDelta(Value - other.Value),
        ("*", long or bool) => new PyTimeDelta(Value * PyInt.Small(right)),
        ("/", PyTimeDelta other) when other.Value != TimeSpan.Zero => Value.Ticks / (double)other.Value.Ticks,
        ("//", PyTimeDelta other) when other.Value != TimeSpan.Zero => (long)Math.Floor(Value.Ticks / (decimal)other.Value.Ticks),
        ("+" or "-" or "**", _) => null,
        _ => throw JinjaException.Unsupported($"'{symbol}' on a timedelta and a Python {PyType.NameOf(right)}"),
    };

    public object? CombineFromRight(string symbol, object? left) => symbol == "*" ? Combine(symbol, left) : null;

    public object Negate() => new PyTimeDelta(-Value);

    public int? CompareTo(IPyOrdered other) => other is PyTimeDelta delta ? Value.CompareTo(delta.Value) : null;

    public override string ToString()
    {
        var days = Days == 0 ? "" : $"{PyValue.Text(Days)} day{(Math.Abs(Days) == 1 ? "" : "s")}, ";
        var micros = Microseconds == 0 ? "" : $".{Microseconds:000000}";
        return $"{days}{Rest.Hours}:{Rest.Minutes:00}:{Rest.Seconds:00}{micros}";
    }

    private static TimeSpan Span(object? part, long ticks) => part switch
    {
        double real => TimeSpan.FromMicroseconds(Math.Round(real * ticks / TimeSpan.TicksPerMicrosecond, MidpointRounding.ToEven)),
        _ => TimeSpan.FromTicks(PyInt.Small(part) * ticks),
    };
}
