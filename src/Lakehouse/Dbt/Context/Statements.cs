using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Running;
using Recoup.Lakehouse.Dbt.Warehouses;

namespace Recoup.Lakehouse.Dbt.Context;

/// <summary><c>run_query</c>, <c>{% call statement %}</c> and <c>load_result</c>.</summary>
internal static class Statements
{
    public static void AddTo(ContextScope scope, DbtSession session)
    {
        var results = new Dictionary<string, PyDict>(StringComparer.Ordinal);
        scope.Add("run_query", arguments => Run(session, PyValue.Text(arguments.Require(0, "sql", "run_query"))));
        scope.Add("statement", arguments => Statement(session, results, arguments));
        scope.Add("load_result", arguments => results.GetValueOrDefault(PyValue.Text(arguments.Require(0, "name", "load_result"))));
        scope.Add("store_result", arguments => Store(results, arguments));
    }

    private static QueryTable Run(DbtSession session, string sql) => new(Query(session, sql));

    // Templates are synchronous, as Python's are: a node's thread waits for its own statement.
    private static WarehouseRows Query(DbtSession session, string sql) =>
        session.RequireWarehouse().QueryAsync(sql, CancellationToken.None).GetAwaiter().GetResult();

    private static string Statement(DbtSession session, Dictionary<string, PyDict> results, JinjaArguments arguments)
    {
        var caller = arguments.Keywords.GetValueOrDefault("caller") as IJinjaCallable
            ?? throw new JinjaException(JinjaErrorKind.Compilation, "statement() is called as a block: {% call statement('name', fetch_result=True) %} ... {% endcall %}");
        var table = Run(session, PyValue.Text(caller.Call(JinjaArguments.None)));
        if (arguments.Get(0, "name", null) is string name)
        {
            var isFetched = PyValue.IsTrue(arguments.Get(1, "fetch_result", false));
            results[name] = Result(isFetched ? table : new QueryTable(WarehouseRows.Empty));
        }

        return ContextFunction.Nothing;
    }

    private static PyDict Result(QueryTable table) => new()
    {
        { "response", new PyDict { { "_message", "OK" } } }, { "data", table.Data }, { "table", table },
    };

    private static string Store(Dictionary<string, PyDict> results, JinjaArguments arguments)
    {
        results[PyValue.Text(arguments.Require(0, "name", "store_result"))] = new PyDict
        {
            { "response", arguments.Get(1, "response", null) }, { "data", new PyList() }, { "table", arguments.Get(2, "agate_table", null) },
        };
        return ContextFunction.Nothing;
    }
}
