using Recoup.Lakehouse.Dbt.Jinja.Calls;
using Recoup.Lakehouse.Dbt.Jinja.Formatting;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Methods;

/// <summary>The methods that take any number of arguments by any names: <c>str.format</c> and <c>dict.update</c>.</summary>
internal static class FreeMethods
{
    public static IJinjaCallable? Find(object? value, string name) => (value, name) switch
    {
        (string format, "format") => new FreeFunction(arguments => BraceFormat.Apply(format, arguments)),
        (PyDict dict, "update") => new FreeFunction(arguments => Update(dict, arguments)),
        _ => null,
    };

    private static object? Update(PyDict dict, JinjaArguments arguments)
    {
        DictMethods.Update(dict, arguments);
        return null;
    }
}
