using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Projects;

namespace Recoup.Lakehouse.Dbt.Parsing;

/// <summary>How a template's failure is told.</summary>
internal static class TemplateFailure
{
    public static DbtProjectException Of(JinjaException failed, DbtNode node) => new(Kind(failed), Message(failed), node.Place, failed);

    public static string Kind(JinjaException failed) => failed.Kind is JinjaErrorKind.Parsing ? "Parsing Error" : "Compilation Error";

    /// <summary>The message, and the line where the template knows it.</summary>
    public static string Message(JinjaException failed)
    {
        var message = failed.Kind is JinjaErrorKind.Undefined
            ? $"{failed.Message}. This can happen when calling a macro that does not exist. Check for typos and/or install package dependencies with \"dbt deps\"."
            : failed.Message;
        return failed.Line is null ? message : $"{message}\n  line {failed.Line}{(failed.TemplateName.Length == 0 ? "" : $" of {failed.TemplateName}")}";
    }
}
