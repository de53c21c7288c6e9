using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Running;

namespace Recoup.Lakehouse.Dbt.Context;

/// <summary><c>exceptions</c>: how templates fail and warn.</summary>
internal sealed class ExceptionsObject(DbtSession session) : IJinjaObject
{
    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "raise_compiler_error" or "raise_not_implemented" or "raise_parsing_error" or "raise_database_error" =>
                new ContextFunction(arguments => throw new JinjaException(JinjaErrorKind.Compilation, Message(arguments, name))),
            "warn" => new ContextFunction(Warn),
            _ => throw JinjaException.Unsupported($"exceptions.{name}"),
        };
        return true;
    }

    private string Warn(JinjaArguments arguments)
    {
        var message = Message(arguments, "warn");
        if (session.Command.WarnError)
        {
            throw new JinjaException(JinjaErrorKind.Compilation, message);
        }

        session.Warnings.Add(message);
        return ContextFunction.Nothing;
    }

    private static string Message(JinjaArguments arguments, string function) => PyValue.Text(arguments.Require(0, "msg", function));
}
