using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Projects;

namespace Recoup.Lakehouse.Dbt.Parsing;

/// <summary>What dbt's schemas demand of entries, as far as a mistake would otherwise change a result.</summary>
internal static class SchemaValidation
{
    private static readonly string[] ExposureTypes = ["dashboard", "notebook", "analysis", "ml", "application"];

    public static void Check(SchemaEntry entry)
    {
        CheckNamed(entry, entry.Values, "columns", "");
        switch (entry.Section)
        {
            case "sources":
                CheckSource(entry);
                break;
            case "exposures":
                CheckExposure(entry);
                break;
            case "unit_tests":
                Require(entry, entry.Values, "model");
                Require(entry, entry.Values, "expect");
                break;
            case "groups":
                Require(entry, entry.Values, "owner");
                break;
        }
    }

    public static DbtProjectException Refuse(SchemaEntry entry, string at, string why) => DbtProjectException.Parsing(
        $"Invalid {entry.Section} config given in {entry.File} @ {entry.Section}: '{entry.Name}'{(entry.Line is null ? "" : $" (line {entry.Line})")} - at path [{at}]: {why}");

    private static void CheckSource(SchemaEntry entry)
    {
        CheckNamed(entry, entry.Values, "tables", "");
        foreach (var table in entry.Values.GetItems("tables").OfType<PyDict>())
        {
            CheckNamed(entry, table, "columns", "'tables'");
            CheckFreshness(entry, table.Get("freshness"), "'tables'");
            CheckFreshness(entry, table.GetDictionary("config").Get("freshness"), "'tables'");
        }

        CheckFreshness(entry, entry.Values.Get("freshness"), "");
        CheckFreshness(entry, entry.Values.GetDictionary("config").Get("freshness"), "");
    }

    private static void CheckFreshness(SchemaEntry entry, object? freshness, string at)
    {
        foreach (var key in new[] { "warn_after", "error_after" })
        {
            if (freshness is PyDict limits && limits.Get(key) is PyDict limit
                && (limit.GetText("period") is not (null or "minute" or "hour" or "day") || limit.Get("count") is not (null or long)))
            {
                throw Refuse(entry, $"{at}['freshness']['{key}']", $"{PyValue.Repr(limit)} is not valid: count is a number, period is minute, hour or day");
            }
        }
    }

    private static void CheckExposure(SchemaEntry entry)
    {
        Require(entry, entry.Values, "type");
        Require(entry, entry.Values, "owner");
        var type = entry.Values.GetText("type")!;
        if (!ExposureTypes.Contains(type))
        {
            throw Refuse(entry, "'type'", $"'{type}' is not one of ['dashboard', 'notebook', 'analysis', 'ml', 'application']");
        }
    }

    private static void CheckNamed(SchemaEntry entry, PyDict values, string key, string at)
    {
        if (values.Get(key) is not (null or PyList))
        {
            throw Refuse(entry, $"{at}'{key}'", $"{PyValue.Repr(values.Get(key))} is not of type 'array'");
        }

        var index = 0;
        foreach (var item in values.GetItems(key))
        {
            var named = item as PyDict ?? throw Refuse(entry, $"{at}'{key}'][{index}", $"{PyValue.Repr(item)} is not of type 'object'");
            if (named.GetText("name") is null)
            {
                throw Refuse(entry, $"{at}'{key}'][{index}", "'name' is a required property");
            }

            index++;
        }
    }

    private static void Require(SchemaEntry entry, PyDict values, string key)
    {
        if (values.Get(key) is null)
        {
            throw Refuse(entry, "", $"'{key}' is a required property");
        }
    }
}
