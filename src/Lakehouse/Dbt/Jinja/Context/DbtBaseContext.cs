namespace Recoup.Lakehouse.Dbt.Jinja.Context;

/// <summary>The names that dbt gives every template, in YAML values too: <c>tojson</c>, <c>var</c>, <c>env_var</c>, <c>modules</c>, ...</summary>
internal static class DbtBaseContext
{
    /// <summary>A dictionary of the caller's own, to add ref, source, config and the rest to.</summary>
    public static Dictionary<string, object?> Create(DbtContextOptions options) => throw new NotImplementedException();
}
