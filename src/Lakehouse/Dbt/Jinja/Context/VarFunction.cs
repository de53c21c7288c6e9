using Recoup.Lakehouse.Dbt.Jinja.Calls;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Context;

/// <summary>dbt's <c>var(name, default)</c> and <c>var.has_var(name)</c>; a var that is text is a template itself.</summary>
internal sealed class VarFunction(IReadOnlyDictionary<string, object?> variables, IReadOnlyDictionary<string, object?> context)
    : IJinjaCallable, IJinjaObject
{
    public object? Call(JinjaArguments arguments)
    {
        var name = PyValue.Text(arguments.Require(0, "var_name", "var"));
        if (variables.TryGetValue(name, out var value))
        {
            return value is string text ? JinjaTemplate.Parse(text, $"var {name}").Render(new(context)) : value;
        }

        return arguments.TryGet(1, "default", out var otherwise)
            ? otherwise
            : throw new JinjaException(
                JinjaErrorKind.Compilation,
                $"Required var '{name}' not found in config:\nVars supplied to <Configuration> = {{{string.Join(", ", variables.Keys.Order(StringComparer.Ordinal))}}}");
    }

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name == "has_var" ? new Function("has_var", ["var_name"], a => a[0] is string var && variables.ContainsKey(var)) : null;
        return value is not null;
    }

    public override string ToString() => throw JinjaException.Unsupported("printing 'var' (call it)");
}
