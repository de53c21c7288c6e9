using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Graph;

/// <summary>A unit test as a schema file has it, its fixtures read.</summary>
/// <param name="Model">The model's name as written.</param>
internal sealed record UnitTestDefinition(string Model, IReadOnlyList<UnitTestInput> Given, UnitTestRows Expect, PyDict Overrides)
{
    public PyDict Macros => Overrides.GetDictionary("macros");

    public PyDict Variables => Overrides.GetDictionary("vars");

    public PyDict Environment => Overrides.GetDictionary("env_vars");
}

/// <param name="Input">As written: <c>ref('stg')</c>, <c>source('raw', 'customers')</c> or <c>this</c>.</param>
internal sealed record UnitTestInput(string Input, UnitTestRows Rows);

/// <summary>Rows of a unit test: dictionaries (format dict and csv), or a query (format sql).</summary>
internal sealed record UnitTestRows(string Format, IReadOnlyList<PyDict> Rows, string? Sql, string? Fixture);
