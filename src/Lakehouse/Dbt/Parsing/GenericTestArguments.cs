using System.Text.RegularExpressions;
using Recoup.Lakehouse.Dbt.Context;
using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Parsing;

/// <summary>The arguments of a generic test as its macro gets them: texts are rendered, <c>ref('x')</c> is called.</summary>
internal static partial class GenericTestArguments
{
    private const string Name = "_dbt_generic_test_kwargs";

    public static void AddTo(ContextScope scope, DbtNode node)
    {
        if (node.Test is { } test)
        {
            scope.Add(Name, () => new PyDict(test.Arguments.Select(argument => KeyValuePair.Create(argument.Key, Render(argument.Value, scope, node, argument.KeyText() == "column_name")))));
        }
    }

    private static object? Render(object? value, ContextScope scope, DbtNode node, bool isColumn) => value switch
    {
        string text when isColumn => JinjaTemplate.Parse(text, node.OriginalFilePath).Render(scope.Jinja),
        string text => RenderText(text, scope, node),
        PyList list => new PyList(list.Select(item => Render(item, scope, node, false))),
        PyDict dictionary => new PyDict(dictionary.Select(entry => KeyValuePair.Create(entry.Key, Render(entry.Value, scope, node, false)))),
        _ => value,
    };

    private static object? RenderText(string text, ContextScope scope, DbtNode node)
    {
        var template = Call().IsMatch(text) ? $"{{{{ {text} }}}}" : text;
        return template.Contains('{', StringComparison.Ordinal) ? JinjaTemplate.Parse(template, node.OriginalFilePath).RenderNative(scope.Jinja) : text;
    }

    [GeneratedRegex(@"\A\s*(env_var|ref|var|source|doc)\s*\(.+\)\s*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Call();
}
