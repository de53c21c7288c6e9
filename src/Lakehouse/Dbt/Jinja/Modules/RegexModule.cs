using System.Text.RegularExpressions;
using Recoup.Lakehouse.Dbt.Jinja.Calls;
using Recoup.Lakehouse.Dbt.Jinja.Methods;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using static Recoup.Lakehouse.Dbt.Jinja.Calls.Parameter;

namespace Recoup.Lakehouse.Dbt.Jinja.Modules;

/// <summary>Python's <c>re</c>: search, match, fullmatch, findall, sub, split, escape, and compile, with the flags I, M and S.</summary>
internal static class RegexModule
{
    public static Dictionary<string, object?> Members()
    {
        var members = Functions(null).ToDictionary(function => function.Name, object? (function) => function);
        members["compile"] = new Function("compile", ["pattern", Optional("flags", 0L)], a => new CompiledPattern(PythonPattern.Compile(a[0], a[1])));
        members["escape"] = new Function("escape", ["pattern"], a => string.Concat(TextMethods.Text(a[0], "escape").Select(Escape)));
        foreach (var (name, value) in new[] { ("I", 2L), ("IGNORECASE", 2L), ("M", 8L), ("MULTILINE", 8L), ("S", 16L), ("DOTALL", 16L) })
        {
            members[name] = value;
        }

        RefusedMembers.Add(members, "re", "finditer", "subn", "purge", "template", "A", "ASCII", "X", "VERBOSE", "L", "LOCALE", "U", "UNICODE", "Pattern", "Match", "error");
        return members;
    }

    /// <summary>The functions that take a pattern first; or those of a compiled one, whose pattern is known.</summary>
    public static IEnumerable<Function> Functions(Regex? compiled)
    {
        Parameter[] pattern = compiled is null ? ["pattern"] : [];
        Parameter[] flags = compiled is null ? [Optional("flags", 0L)] : [];
        var first = pattern.Length;
        Regex Of(object?[] a) => compiled ?? PythonPattern.Compile(a[0], a[^1]);
        return
        [
            new("search", [.. pattern, "string", .. flags], a => MatchObject.Of(Of(a), Text(a[first]), match => match.Success)),
            new("match", [.. pattern, "string", .. flags], a => MatchObject.Of(PythonPattern.Anchored(Of(a), @"\G(?:", ")"), Text(a[first]), match => match.Success)),
            new("fullmatch", [.. pattern, "string", .. flags], a => MatchObject.Of(PythonPattern.Anchored(Of(a), @"\G(?:", @")\z"), Text(a[first]), match => match.Success)),
            new("findall", [.. pattern, "string", .. flags], a => new PyList(Of(a).Matches(Text(a[first])).Select(Found))),
            new("sub", [.. pattern, "repl", "string", Optional("count", 0L), .. flags], a => Substitute(Of(a), a[first], Text(a[first + 1]), PyInt.Small(a[first + 2]))),
            new("split", [.. pattern, "string", Optional("maxsplit", 0L), .. flags], a => new PyList(Split(Of(a), Text(a[first]), PyInt.Small(a[first + 1])))),
        ];
    }

    private static string Text(object? value) => value as string
        ?? throw JinjaException.Runtime($"expected string or bytes-like object, got '{PyType.NameOf(value)}'");

    private static string Escape(char character) => @"()[]{}?*+-|^$\.&~# ".Contains(character) || character is '\t' or '\n' or '\r' or '\v' or '\f'
        ? $"\\{character}"
        : character.ToString();

    /// <summary>The whole match, its one group, or a tuple of its groups.</summary>
    private static object? Found(Match match) => match.Groups.Count switch
    {
        1 => match.Value,
        2 => match.Groups[1].Value,
        _ => new PyTuple([.. match.Groups.Values.Skip(1).Select(group => group.Value)]),
    };

    private static string Substitute(Regex regex, object? replacement, string text, int count)
    {
        MatchEvaluator evaluate = replacement switch
        {
            string template => match => PythonPattern.Expand(template, match),
            IJinjaCallable callable => match => Text(callable.Call(new(new MatchObject(match)))),
            _ => throw JinjaException.Runtime($"expected str instance, {PyType.NameOf(replacement)} found"),
        };
        return regex.Replace(text, evaluate, count == 0 ? -1 : count);
    }

    private static IEnumerable<object?> Split(Regex regex, string text, int count)
    {
        var start = 0;
        var cuts = 0;
        foreach (var match in regex.Matches(text).TakeWhile(_ => count == 0 || cuts++ < count))
        {
            yield return text[start..match.Index];
            foreach (var group in match.Groups.Values.Skip(1))
            {
                yield return group.Success ? group.Value : null;
            }

            start = match.Index + match.Length;
        }

        yield return text[start..];
    }
}
