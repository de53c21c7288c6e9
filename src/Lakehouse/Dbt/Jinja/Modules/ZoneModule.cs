using Recoup.Lakehouse.Dbt.Jinja.Calls;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Modules;

/// <summary>Python's <c>pytz</c>: <c>timezone(name)</c>, <c>utc</c> and <c>UTC</c>.</summary>
internal static class ZoneModule
{
    public static Dictionary<string, object?> Members()
    {
        var members = new Dictionary<string, object?>
        {
            ["timezone"] = new Function("timezone", ["zone"], a => PyZone.Find(PyValue.Text(a[0]))),
            ["utc"] = PyZone.Utc,
            ["UTC"] = PyZone.Utc,
        };
        RefusedMembers.Add(members, "pytz", "country_timezones", "country_names", "all_timezones", "common_timezones", "FixedOffset", "exceptions", "all_timezones_set", "common_timezones_set");
        return members;
    }
}
