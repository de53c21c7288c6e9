using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Parsing;

/// <summary>What a config is before anyone sets it, in the order of dbt's manifest.</summary>
internal static class ConfigDefaults
{
    public static PyDict For(string resourceType) => resourceType switch
    {
        ResourceType.Test => Test(),
        ResourceType.Source => Source(),
        ResourceType.UnitTest => new PyDict { { "tags", new PyList() }, { "meta", new PyDict() }, { "enabled", true }, { "static_analysis", null } },
        ResourceType.Exposure => new PyDict { { "enabled", true }, { "tags", new PyList() }, { "meta", new PyDict() } },
        ResourceType.Seed => Relational("seed", new PyDict { { "delimiter", "," }, { "quote_columns", null } }),
        ResourceType.Model => Relational("view", new PyDict { { "access", "protected" }, { "freshness", null } }),
        _ => Relational("view", []),
    };

    private static PyDict Common() => new()
    {
        { "enabled", true }, { "alias", null }, { "schema", null }, { "database", null }, { "tags", new PyList() }, { "meta", new PyDict() },
        { "group", null }, { "static_analysis", null },
    };

    private static PyDict Relational(string materialized, PyDict more) => new([
        .. Common(),
        .. new PyDict
        {
            { "materialized", materialized }, { "incremental_strategy", null }, { "batch_size", null }, { "lookback", 1L }, { "begin", null },
            { "persist_docs", new PyDict() }, { "post-hook", new PyList() }, { "pre-hook", new PyList() }, { "quoting", new PyDict() },
            { "column_types", new PyDict() }, { "full_refresh", null }, { "unique_key", null }, { "on_schema_change", "ignore" },
            { "on_configuration_change", "apply" }, { "grants", new PyDict() }, { "packages", new PyList() },
            { "docs", new PyDict { { "show", true }, { "node_color", null } } },
            { "contract", new PyDict { { "enforced", false }, { "alias_types", true } } }, { "event_time", null }, { "concurrent_batches", null },
        },
        .. more,
    ]);

    private static PyDict Test() => new([
        .. Common(),
        .. new PyDict
        {
            { "schema", "dbt_test__audit" }, { "materialized", "test" }, { "severity", "ERROR" }, { "store_failures", null }, { "store_failures_as", null },
            { "where", null }, { "limit", null }, { "fail_calc", "count(*)" }, { "warn_if", "!= 0" }, { "error_if", "!= 0" },
        },
    ]);

    private static PyDict Source() => new()
    {
        { "enabled", true }, { "event_time", null }, { "freshness", null }, { "loaded_at_field", null }, { "loaded_at_query", null },
        { "meta", new PyDict() }, { "tags", new PyList() }, { "static_analysis", null },
    };
}
