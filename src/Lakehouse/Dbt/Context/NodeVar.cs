using System.Text.Json;
using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Context;

/// <summary><c>var</c> in a node. While nodes are parsed a var that is missing is None.</summary>
internal sealed class NodeVar(PyDict variables, string nodeName, bool isRequired) : IJinjaCallable, IJinjaObject
{
    public object? Call(JinjaArguments arguments)
    {
        var name = PyValue.Text(arguments.Require(0, "name", "var"));
        return variables.TryGetValue(name, out var value) ? value
            : arguments.TryGet(1, "default", out var otherwise) && (otherwise is not null || !isRequired) ? otherwise
            : isRequired ? throw Missing(name) : null;
    }

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name == "has_var" ? new ContextFunction(arguments => variables.ContainsKey(arguments.Require(0, "name", "has_var"))) : null;
        return value is not null;
    }

    private JinjaException Missing(string name) => new(
        JinjaErrorKind.Compilation,
        $"Required var '{name}' not found in config:\nVars supplied to {nodeName} = {JsonSerializer.Serialize(variables.Keys.Select(PyValue.Text).Order(StringComparer.Ordinal))}");
}
