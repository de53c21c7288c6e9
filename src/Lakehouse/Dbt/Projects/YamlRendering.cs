using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Projects;

/// <summary>Renders the texts in YAML values, each to a typed value.</summary>
/// <param name="globals">What the templates see.</param>
/// <param name="file">As messages call the file.</param>
internal sealed class YamlRendering(IReadOnlyDictionary<string, object?> globals, string file)
{
    private readonly JinjaScope scope = new(globals);

    public object? Render(object? value, Func<string, bool>? isRendered = null) => value switch
    {
        string text => RenderText(text),
        PyList list => new PyList(list.Select(item => Render(item, isRendered))),
        PyDict dictionary => new PyDict(dictionary.Select(entry =>
            KeyValuePair.Create(entry.Key, isRendered is null || isRendered(entry.KeyText()) ? Render(entry.Value, isRendered) : PyDictReading.DeepCopy(entry.Value)))),
        _ => value,
    };

    private object? RenderText(string text)
    {
        if (!HasTemplate(text))
        {
            return text;
        }

        try
        {
            return JinjaTemplate.Parse(text, file).RenderNative(scope);
        }
        catch (JinjaException failed)
        {
            throw new DbtProjectException(
                failed.Kind is JinjaErrorKind.Parsing ? "Parsing Error" : "Compilation Error", $"Could not render {text}: {failed.Message}", file, failed);
        }
    }

    private static bool HasTemplate(string text) => text.Contains("{{", StringComparison.Ordinal) || text.Contains("{%", StringComparison.Ordinal)
        || text.Contains("{#", StringComparison.Ordinal);
}
