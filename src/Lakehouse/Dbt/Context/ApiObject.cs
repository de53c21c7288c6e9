using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Context;

/// <summary><c>api</c>: makes relations and columns.</summary>
internal static class ApiObject
{
    public static ContextObject Create(string adapterType) => new(name => name switch
    {
        "Relation" => new ContextObject(member => member == "create" ? new ContextFunction(CreateRelation) : null),
        "Column" => new ColumnClass(adapterType),
        _ => null,
    });

    private static RelationValue CreateRelation(JinjaArguments arguments) => new RelationValue(
        arguments.Get(0, "database", null) as string, arguments.Get(1, "schema", null) as string,
        arguments.Get(2, "identifier", null) as string, arguments.Get(3, "type", null) as string);

    /// <summary><c>api.Column</c>, which can be called and has <c>translate_type</c>.</summary>
    private sealed class ColumnClass(string adapterType) : IJinjaCallable, IJinjaObject
    {
        public object? Call(JinjaArguments arguments) => new ColumnValue(
            PyValue.Text(arguments.Require(0, "column", "Column")), PyValue.Text(arguments.Require(1, "dtype", "Column")));

        public bool TryGetAttribute(string name, out object? value)
        {
            value = name switch
            {
                "translate_type" => new ContextFunction(arguments => ColumnTypes.Translate(adapterType, PyValue.Text(arguments.Require(0, "dtype", name)))),
                "create" => this,
                _ => null,
            };
            return value is not null;
        }
    }
}
