using System.Collections;
using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Warehouses;

namespace Recoup.Lakehouse.Dbt.Context;

/// <summary>What <c>run_query</c> returns: dbt's table, as far as templates use it.</summary>
internal sealed class QueryTable : IJinjaSequence
{
    private readonly IReadOnlyList<string> names;
    private readonly List<QueryRow> rows;

    public QueryTable(WarehouseRows answer)
    {
        names = [.. answer.Columns.Select(column => column.Name)];
        rows = [.. answer.Rows.Select(row => new QueryRow(names, [.. row.Select((cell, column) => QueryValue.Of(cell, answer.Columns[column].Type))]))];
    }

    public int Count => rows.Count;

    public object? this[int index] => rows[index];

    /// <summary>Rows as <c>load_result(...).data</c> has them.</summary>
    public PyList Data => new(rows.Select(row => new PyTuple([.. row])));

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "columns" => new QuerySequence([.. names.Select((column, index) => new QueryColumn(column, [.. rows.Select(row => row[index])]))], names),
            "column_names" => new PyTuple([.. names]),
            "rows" => new QuerySequence([.. rows], []),
            "print_table" => new ContextFunction(_ => ContextFunction.Nothing),
            _ => null,
        };
        return value is not null;
    }

    public IEnumerator<object?> GetEnumerator() => rows.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => throw JinjaException.Unsupported("printing a table of a query (print its rows)");
}
