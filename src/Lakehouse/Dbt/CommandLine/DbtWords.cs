using Recoup.Lakehouse.Dbt.Artifacts;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Projects;

namespace Recoup.Lakehouse.Dbt.CommandLine;

/// <summary>A command as arguments of the <c>dbt</c> executable.</summary>
internal static class DbtWords
{
    public static IReadOnlyList<string> Write(DbtCommand command) =>
    [
        .. command.Verb.Split(' '),
        .. Text(command.Macro),
        .. List("--select", command.Select),
        .. List("--exclude", command.Exclude),
        .. Value("--selector", command.Selector),
        .. List("--resource-type", command.ResourceTypes),
        .. List("--exclude-resource-type", command.ExcludeResourceTypes),
        .. Value("--indirect-selection", command.IndirectSelection == "eager" ? null : command.IndirectSelection),
        .. Flag("--full-refresh", command.FullRefresh),
        .. Flag("--fail-fast", command.FailFast),
        .. Flag("--store-failures", command.StoreFailures),
        .. Flag("--warn-error", command.WarnError),
        .. Value("--target", command.Target),
        .. Value("--inline", command.Inline),
        .. Dictionary("--vars", command.Variables),
        .. Dictionary("--args", command.MacroArguments),
    ];

    private static string[] Text(string? text) => text is null ? [] : [text];

    private static string[] Value(string option, string? value) => value is null ? [] : [option, value];

    private static string[] Flag(string option, bool isSet) => isSet ? [option] : [];

    private static IEnumerable<string> List(string option, IReadOnlyList<string> values) => values.Count == 0 ? [] : [option, .. values];

    private static string[] Dictionary(string option, IReadOnlyDictionary<string, object?> values) =>
        values.Count == 0 ? [] : [option, PyJson.Write((PyDict)PlainValue.Of(values)!)];
}
