using System.Globalization;
using System.Text.RegularExpressions;

namespace Recoup.Lakehouse.Dbt.Selection;

/// <summary>One word of a selection, such as <c>2+tag:nightly+</c>, read by dbt's own pattern.</summary>
/// <param name="Method">Such as <c>tag</c>; for <c>config.materialized</c> only <c>config</c>.</param>
/// <param name="Arguments">What follows the method after dots.</param>
/// <param name="ParentsDepth"><see langword="null"/> for all.</param>
internal sealed partial record SelectionCriterion(
    string Method, IReadOnlyList<string> Arguments, string Value, bool Parents, int? ParentsDepth, bool Children, int? ChildrenDepth, bool ChildrensParents)
{
    public static SelectionCriterion Parse(string word)
    {
        var match = Word().Match(word);
        var value = match.Groups["value"].Value;
        var method = match.Groups["method"] is { Success: true, Value: var named } ? named : DefaultMethod(value);
        if (match.Groups["at"].Success && match.Groups["children"].Success)
        {
            throw new SelectionException($"Invalid node spec {word} - \"@\" prefix and \"+\" suffix are incompatible");
        }

        var parts = method.Split('.');
        return new SelectionCriterion(
            parts[0], parts[1..], value, match.Groups["parents"].Success, Depth(match.Groups["up"].Value),
            match.Groups["children"].Success, Depth(match.Groups["down"].Value), match.Groups["at"].Success);
    }

    private static int? Depth(string digits) => digits.Length == 0 ? null : int.Parse(digits, CultureInfo.InvariantCulture);

    private static string DefaultMethod(string value) =>
        value.Contains('/', StringComparison.Ordinal) ? "path"
        : value.EndsWith(".sql", StringComparison.OrdinalIgnoreCase) || value.EndsWith(".py", StringComparison.OrdinalIgnoreCase)
            || value.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? "file"
        : "fqn";

    [GeneratedRegex(@"\A(?<at>@)?(?<parents>(?<up>\d*)\+)?((?<method>[\w.]+):)?(?<value>.*?)(?<children>\+(?<down>\d*))?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Word();
}
