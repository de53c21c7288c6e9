using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Context;

/// <summary><c>config</c> while a node is compiled: calls do nothing, the node's config can be read.</summary>
internal sealed class RunConfig(DbtNode node) : IJinjaCallable, IJinjaObject
{
    public object? Call(JinjaArguments arguments) => ContextFunction.Nothing;

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "get" => new ContextFunction(arguments => Find(node.Config, arguments) is (true, var found) ? found : arguments.Get(1, "default", null)),
            "require" => new ContextFunction(arguments => Require(node.Config, arguments, "config parameter")),
            "meta_get" => new ContextFunction(arguments => Find(Meta, arguments) is (true, var found) ? found : arguments.Get(1, "default", null)),
            "meta_require" => new ContextFunction(arguments => Require(Meta, arguments, "meta parameter")),
            "set" => new ContextFunction(_ => ContextFunction.Nothing),
            "persist_relation_docs" => new ContextFunction(_ => node.Config.GetDictionary("persist_docs").GetFlag("relation")),
            "persist_column_docs" => new ContextFunction(_ => node.Config.GetDictionary("persist_docs").GetFlag("columns")),
            _ => null,
        };
        return value is not null;
    }

    private PyDict Meta => node.Config.GetDictionary("meta");

    private static (bool Found, object? Value) Find(PyDict values, JinjaArguments arguments) =>
        (values.TryGetValue(arguments.Require(0, "name", "config.get"), out var value), value);

    private object? Require(PyDict values, JinjaArguments arguments, string what) => Find(values, arguments) is (true, var found)
        ? found
        : throw new JinjaException(
            JinjaErrorKind.Compilation, $"Model '{node.UniqueId}' does not define a required {what} '{PyValue.Text(arguments.Positional[0])}'.");
}
