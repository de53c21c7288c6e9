using Recoup.Lakehouse.Dbt.Jinja.Calls;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Modules;

/// <summary>A time zone of <c>pytz</c>.</summary>
internal sealed class PyZone(string name, TimeZoneInfo zone) : IJinjaObject, IPyTyped
{
    public static PyZone Utc { get; } = new("UTC", TimeZoneInfo.Utc);

    public string TypeName => "pytz.tzinfo";

    public TimeZoneInfo Zone { get; } = zone;

    /// <exception cref="JinjaException">There is no such zone.</exception>
    public static PyZone Find(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId
        ? new(name, zone)
        : throw JinjaException.Runtime($"'{name}'");

    public bool TryGetAttribute(string attribute, out object? value)
    {
        value = attribute switch
        {
            "zone" => name,
            "localize" => new Function("localize", ["dt"], a => Localize(a[0])),
            _ => throw JinjaException.Unsupported($"'{attribute}' of a time zone"),
        };
        return true;
    }

    public override string ToString() => name;

    private PyDateTime Localize(object? value) => value is PyDateTime { Offset: null } local && !Zone.IsAmbiguousTime(local.Value) && !Zone.IsInvalidTime(local.Value)
        ? new(local.Value, Zone.GetUtcOffset(local.Value))
        : throw JinjaException.Unsupported("localize() of other than a plain, unambiguous datetime");
}
