using System.Text.RegularExpressions;
using Recoup.Lakehouse.FlinkSql.Syntax;

namespace Recoup.Lakehouse.FlinkSql.Json;

internal enum StepKind
{
    Member,
    Element,
    All,
    Keys,
    Length,
}

internal readonly record struct PathStep(StepKind Kind, string Name, int Index);

/// <summary>
/// A JSON path of the shared subset: <c>$</c>, <c>.name</c>, <c>['name']</c>, <c>[0]</c>, <c>[-1]</c>, <c>.*</c>, <c>[*]</c>,
/// and at the end <c>.keys()</c> or <c>.length()</c>; <c>lax</c> or <c>strict</c> before it. Flink takes a path without either as strict.
/// </summary>
internal sealed partial record JsonPath(string Text, bool IsLax, IReadOnlyList<PathStep> Steps)
{
    public bool IsDefinite => Steps.All(step => step.Kind != StepKind.All);

    public static JsonPath Parse(string text, SourcePosition at)
    {
        var mode = ModePattern().Match(text);
        var path = mode.Success ? mode.Groups[2].Value : text;
        if (!path.StartsWith('$'))
        {
            throw Unread(text, at);
        }

        var steps = new List<PathStep>();
        for (var index = 1; index < path.Length;)
        {
            var match = StepPattern().Match(path, index);
            if (!match.Success || steps is [.., { Kind: StepKind.Keys or StepKind.Length }])
            {
                throw Unread(text, at);
            }

            steps.Add(Step(match, text, at));
            index += match.Length;
        }

        return new JsonPath(text, mode.Success && mode.Groups[1].ValueSpan.Equals("lax", StringComparison.OrdinalIgnoreCase), steps);
    }

    private static PathStep Step(Match match, string text, SourcePosition at)
    {
        if (match.Groups["function"] is { Success: true } function)
        {
            return new PathStep(function.ValueSpan is "keys" ? StepKind.Keys : StepKind.Length, string.Empty, 0);
        }

        if (match.Groups["all"].Success)
        {
            return new PathStep(StepKind.All, string.Empty, 0);
        }

        if (match.Groups["index"] is { Success: true } number)
        {
            return int.TryParse(number.ValueSpan, System.Globalization.CultureInfo.InvariantCulture, out var index)
                ? new PathStep(StepKind.Element, string.Empty, index)
                : throw Unread(text, at);
        }

        return new PathStep(StepKind.Member, match.Groups["name"].Value, 0);
    }

    private static FlinkSqlException Unread(string text, SourcePosition at) => new(
        at, $"the JSON path '{text}' is not in the shared subset", "Write $, $.name, $['name'], $[0], $.*, $[*], $.keys() or $.length()");

    [GeneratedRegex(@"^\s*(strict|lax)\s+(.+)\z", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex ModePattern();

    [GeneratedRegex(@"\G(?:\.(?<function>keys|length)\(\)|\.(?<all>\*)|\[(?<all>\*)\]|\[(?<index>-?[0-9]+)\]|\.(?<name>[\p{L}\p{Nd}_$-]+)(?!\()|\[(?:'(?<name>[^'\\]*)'|""(?<name>[^""\\]*)"")\])")]
    private static partial Regex StepPattern();
}
