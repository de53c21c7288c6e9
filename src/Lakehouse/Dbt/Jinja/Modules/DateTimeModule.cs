using System.Globalization;
using Recoup.Lakehouse.Dbt.Jinja.Calls;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using static Recoup.Lakehouse.Dbt.Jinja.Calls.Parameter;

namespace Recoup.Lakehouse.Dbt.Jinja.Modules;

/// <summary>Python's <c>datetime</c>: the classes date, datetime and timedelta.</summary>
internal sealed class DateTimeModule(TimeProvider clock)
{
    public Dictionary<string, object?> Members()
    {
        var members = new Dictionary<string, object?>
        {
            ["date"] = new PythonType("datetime.date", Date().Call, new Dictionary<string, object?>
            {
                ["today"] = new Function("today", [], _ => new PyDate(DateOnly.FromDateTime(clock.GetLocalNow().DateTime))),
                ["fromisoformat"] = new Function("fromisoformat", ["_text"], a => new PyDate(DateOnly.FromDateTime(Iso(a[0], "yyyy-MM-dd")))),
            }),
            ["datetime"] = new PythonType("datetime.datetime", DateTimeFunction().Call, DateTimeMembers()),
            ["timedelta"] = new PythonType("datetime.timedelta", Delta().Call, new Dictionary<string, object?>()),
        };
        RefusedMembers.Add(members, "datetime", "time", "tzinfo");
        return members;
    }

    private Dictionary<string, object?> DateTimeMembers() => new()
    {
        ["now"] = new Function("now", [Optional("tz")], a => Now(a[0])),
        ["today"] = new Function("today", [], _ => Now(null)),
        ["utcnow"] = new Function("utcnow", [], _ => PyDateTime.Zoned(clock.GetUtcNow()) with { Offset = null }),
        ["strptime"] = new Function("strptime", ["_text", "_format"], a => new PyDateTime(TimeText.Parse(PyValue.Text(a[0]), PyValue.Text(a[1])))),
        ["fromisoformat"] = new Function("fromisoformat", ["_text"], a => new PyDateTime(Iso(
            a[0], "yyyy-MM-dd", "yyyy-MM-ddTHH:mm", "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss.ffffff", "yyyy-MM-dd HH:mm:ss.ffffff"))),
        ["combine"] = new Function("combine", ["date", "time"], _ => throw JinjaException.Unsupported("datetime.combine")),
    };

    private static Function Date() => new("date", ["year", "month", "day"], a => PyDate.Create(a[0], a[1], a[2]));

    private static Function DateTimeFunction() => new(
        "datetime",
        ["year", "month", "day", Optional("hour", 0L), Optional("minute", 0L), Optional("second", 0L), Optional("microsecond", 0L), Optional("tzinfo")],
        PyDateTime.Create);

    private static Function Delta() => new(
        "timedelta",
        [.. new[] { "days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks" }.Select(name => Optional(name, 0L))],
        PyTimeDelta.Create);

    private PyDateTime Now(object? zone) => zone switch
    {
        null => PyDateTime.Zoned(clock.GetLocalNow()) with { Offset = null },
        PyZone known => PyDateTime.Zoned(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), known.Zone)),
        _ => throw JinjaException.Unsupported("datetime.now() with a zone that is not pytz's"),
    };

    private static DateTime Iso(object? value, params string[] formats)
    {
        var text = PyValue.Text(value);
        if (DateTime.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return time;
        }

        // Python reads week dates, offsets and times without colons as well.
        throw text.Length >= 8 && char.IsAsciiDigit(text[0])
            ? JinjaException.Unsupported($"the ISO format of '{text}'")
            : JinjaException.Runtime($"Invalid isoformat string: '{text}'");
    }
}
