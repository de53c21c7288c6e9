namespace Recoup.Lakehouse.Dbt.Jinja;

/// <summary>A parsed template, which any number of renders may share.</summary>
internal sealed class JinjaTemplate
{
    /// <summary>The macros at the top of the template.</summary>
    public IReadOnlyList<JinjaMacroDefinition> Macros => throw new NotImplementedException();

    /// <param name="source">Text of the template.</param>
    /// <param name="name">The file as messages call it.</param>
    /// <exception cref="JinjaException">The text is no template, or uses what is not supported; with the line.</exception>
    public static JinjaTemplate Parse(string source, string name) => throw new NotImplementedException();

    /// <summary>The text.</summary>
    public string Render(JinjaScope scope) => throw new NotImplementedException();

    /// <summary>A typed value, as dbt renders the values of YAML files.</summary>
    public object? RenderNative(JinjaScope scope) => throw new NotImplementedException();
}
