using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Context;

/// <summary>Reads the arguments of <c>ref</c> and <c>source</c> by dbt's rules.</summary>
internal static class RefArguments
{
    public static RefCall Ref(JinjaArguments arguments)
    {
        var given = arguments.Positional;
        var version = arguments.Keywords.GetValueOrDefault("version") ?? arguments.Keywords.GetValueOrDefault("v");
        return given.Count switch
        {
            1 => new RefCall(Text(given[0], "ref"), null, VersionText(version)),
            2 => new RefCall(Text(given[1], "ref"), Text(given[0], "ref"), VersionText(version)),
            var count => throw Refuse($"ref() takes at most two arguments ({count} given)"),
        };
    }

    public static (string Source, string Table) Source(JinjaArguments arguments)
    {
        if (arguments.Keywords.Count > 0 || arguments.Positional.Count != 2)
        {
            throw Refuse($"source() takes exactly two arguments ({arguments.Positional.Count} given)");
        }

        return (Text(arguments.Positional[0], "source"), Text(arguments.Positional[1], "source"));
    }

    private static string? VersionText(object? version) => version is null ? null : PyValue.Text(version);

    private static string Text(object? value, string function) =>
        value as string ?? throw Refuse($"The {function}() arguments must be strings, got {PyValue.Repr(value)}");

    private static JinjaException Refuse(string message) => new(JinjaErrorKind.Compilation, message);
}
