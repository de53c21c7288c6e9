using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Context;

/// <summary><c>config</c> while a node is parsed: calls are kept, and nothing is known yet.</summary>
internal sealed class ParseConfig(NodeCapture capture) : IJinjaCallable, IJinjaObject
{
    public object? Call(JinjaArguments arguments)
    {
        capture.AddConfig(ConfigArguments(arguments));
        return ContextFunction.Nothing;
    }

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "get" or "require" or "set" or "meta_get" or "meta_require" => new ContextFunction(_ => ContextFunction.Nothing),
            "persist_relation_docs" or "persist_column_docs" => new ContextFunction(_ => false),
            _ => null,
        };
        return value is not null;
    }

    private static PyDict ConfigArguments(JinjaArguments arguments) => (arguments.Positional.Count, arguments.Keywords.Count) switch
    {
        (1, 0) when arguments.Positional[0] is PyDict given => given,
        (0, _) => new PyDict(arguments.Keywords.Select(argument => KeyValuePair.Create<object?, object?>(argument.Key, argument.Value))),
        _ => throw new JinjaException(JinjaErrorKind.Compilation, "Invalid inline model config"),
    };
}
