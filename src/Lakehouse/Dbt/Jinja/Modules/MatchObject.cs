using System.Text.RegularExpressions;
using Recoup.Lakehouse.Dbt.Jinja.Calls;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using static Recoup.Lakehouse.Dbt.Jinja.Calls.Parameter;

namespace Recoup.Lakehouse.Dbt.Jinja.Modules;

/// <summary>What <c>re.search</c> and <c>re.match</c> find.</summary>
internal sealed class MatchObject(Match match) : IJinjaObject, IPyTyped
{
    public string TypeName => "re.Match";

    /// <summary>None where nothing was found.</summary>
    public static MatchObject? Of(Regex regex, string text, Func<Match, bool> isFound) =>
        regex.Match(text) is var match && isFound(match) ? new(match) : null;

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "group" => new FreeFunction(Group),
            "groups" => new Function("groups", [Optional("default")], a => new PyTuple([.. match.Groups.Values.Skip(1).Select(group => group.Success ? group.Value : a[0])])),
            "groupdict" => new Function("groupdict", [Optional("default")], a => Named(a[0])),
            "start" => new Function("start", [Optional("_group", 0L)], a => Position(At(a[0]), at => at.Index)),
            "end" => new Function("end", [Optional("_group", 0L)], a => Position(At(a[0]), at => at.Index + at.Length)),
            _ => throw JinjaException.Unsupported($"'{name}' of a match"),
        };
        return true;
    }

    public override string ToString() => throw JinjaException.Unsupported("printing a match");

    private object? Group(JinjaArguments arguments) => arguments.Positional.Count switch
    {
        0 => match.Value,
        1 => Text(At(arguments.Positional[0])),
        _ => new PyTuple([.. arguments.Positional.Select(key => Text(At(key)))]),
    };

    private Group At(object? key)
    {
        var group = key is string name ? match.Groups[name] : match.Groups[PyInt.Small(key)];
        return group.Name == PyValue.Text(key) ? group : throw JinjaException.Runtime("no such group");
    }

    private PyDict Named(object? otherwise) => new(match.Groups.Values
        .Where(group => !char.IsAsciiDigit(group.Name[0]))
        .Select(group => KeyValuePair.Create((object?)group.Name, group.Success ? group.Value : otherwise)));

    private static string? Text(Group group) => group.Success ? group.Value : null;

    private static object Position(Group group, Func<Group, int> position) => group.Success ? (long)position(group) : -1L;
}
