using Recoup.Lakehouse.Dbt.Context;
using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Warehouses;

namespace Recoup.Lakehouse.Dbt.Running;

/// <summary>Rows of a unit test as a query, cast to the types of the columns that they stand for.</summary>
internal static class FixtureSql
{
    /// <param name="what">As messages name the rows.</param>
    /// <param name="isExpected">Only the columns that rows name; a given table has all columns, those not named null.</param>
    public static string Write(
        IReadOnlyList<PyDict> rows, IReadOnlyList<RelationColumn> columns, ContextScope scope, string adapterType, string what, bool isExpected)
    {
        foreach (var name in rows.SelectMany(row => row.Keys).Select(PyValue.Text))
        {
            Check(name, columns, what);
        }

        return rows.Count == 0
            ? $"select {string.Join(", ", columns.Select(column => $"{Null(column, scope, adapterType)} as \"{column.Name}\""))}\n    limit 0"
            : string.Join("\nunion all\n", rows.Select(row => Row(row, isExpected ? Named(row, columns) : columns, scope, adapterType)));
    }

    private static IEnumerable<RelationColumn> Named(PyDict row, IReadOnlyList<RelationColumn> columns) =>
        row.Keys.Select(PyValue.Text).Select(name => columns.First(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase)));

    private static string Row(PyDict row, IEnumerable<RelationColumn> columns, ContextScope scope, string adapterType)
    {
        var values = row.ToDictionary(entry => entry.KeyText(), entry => entry.Value, StringComparer.OrdinalIgnoreCase);
        return "select " + string.Join(", ", columns.Select(column =>
            $"{(values.TryGetValue(column.Name, out var value) ? Cast(Literal(value, scope), TypeOf(column, adapterType, isValue: true), scope) : Null(column, scope, adapterType))} as \"{column.Name}\""));
    }

    private static string Null(RelationColumn column, ContextScope scope, string adapterType) => Cast("null", TypeOf(column, adapterType, isValue: false), scope).Trim();

    private static string Literal(object? value, ContextScope scope) => value switch
    {
        null => "null",
        string text => Call(scope, "string_literal", text),
        _ => PyValue.Text(value),
    };

    private static string Cast(string value, string type, ContextScope scope) => Call(scope, "safe_cast", value, type);

    private static string Call(ContextScope scope, string macro, params object?[] arguments) =>
        PyValue.Text(((IJinjaCallable)scope[macro]!).Call(new JinjaArguments(arguments)));

    /// <summary>dbt-duckdb calls a text column so; a value is cast to any length.</summary>
    private static string TypeOf(RelationColumn column, string adapterType, bool isValue) =>
        adapterType == "duckdb" && column.Type == "VARCHAR" ? isValue ? "character varying" : "character varying(256)" : column.Type;

    private static void Check(string name, IReadOnlyList<RelationColumn> columns, string what)
    {
        if (!columns.Any(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            throw new JinjaException(
                JinjaErrorKind.Compilation,
                $"Invalid column name: '{name}' in unit test fixture for {what}.\nAccepted columns for {what} are: [{string.Join(", ", columns.Select(column => $"'{column.Name}'"))}]");
        }
    }
}
