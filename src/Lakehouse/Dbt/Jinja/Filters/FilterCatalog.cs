using Recoup.Lakehouse.Dbt.Jinja.Calls;

namespace Recoup.Lakehouse.Dbt.Jinja.Filters;

/// <summary>Jinja's filters and dbt's own; all but <c>urlize</c>.</summary>
internal static class FilterCatalog
{
    private static readonly FunctionTable Table = new(
        "filter",
        [
            .. TextFilters.All(), .. LayoutFilters.All(), .. EscapeFilters.All(), .. NumberFilters.All(), .. ListFilters.All(),
            .. OrderFilters.All(), .. MappingFilters.All(), .. SelectionFilters.All(), .. ValueFilters.All(),
        ],
        "urlize");

    /// <summary>Real dbt has the filter.</summary>
    public static bool Exists(string name) => Table.Knows(name);

    /// <exception cref="JinjaException">There is no such filter, or real dbt has it and this evaluator does not.</exception>
    public static Function Get(string name, string missing) => Table.Find(name) ?? throw JinjaException.Runtime(missing);

    /// <summary>Jinja may apply it while it compiles: it asks nothing of the running template.</summary>
    public static bool IsPure(string name) =>
        Exists(name) && Marker(name) is null && name is not ("map" or "select" or "reject" or "selectattr" or "rejectattr" or "random" or "urlize");

    /// <summary>What a filter marks a value as, for native rendering.</summary>
    public static string? Marker(string name) => name switch
    {
        "as_text" => "text",
        "as_bool" => "bool",
        "as_number" => "number",
        "as_native" => "native",
        _ => null,
    };
}
