using System.Text.RegularExpressions;
using Recoup.Lakehouse.Dbt.Jinja.Statements;
using Recoup.Lakehouse.Dbt.Jinja.Syntax;

namespace Recoup.Lakehouse.Dbt.Jinja;

/// <summary>A parsed template, which any number of renders may share.</summary>
/// <remarks>
/// It is dbt's Jinja: with <c>do</c>, <c>break</c>, <c>continue</c>, dbt's own tags and filters, Python's values and their printing, an
/// undefined name that prints as nothing, and the sandbox. What is left out (<c>autoescape</c>, the filter <c>urlize</c>,
/// printing what only Python can print, ...) is refused by name as <see cref="JinjaErrorKind.Unsupported"/>.
/// </remarks>
internal sealed class JinjaTemplate
{
    private readonly string _source;
    private readonly Block? _body;

    private JinjaTemplate(string source, string name, Block? body)
    {
        (_source, Name, _body) = (source, name, body);
        Macros = [.. (body?.Statements ?? []).OfType<MacroDefinition>().Where(macro => macro.IsMacro).Select(macro => new JinjaMacroDefinition(this, macro))];
    }

    /// <summary>The file as messages call it.</summary>
    public string Name { get; }

    /// <summary>The macros at the top of the template.</summary>
    public IReadOnlyList<JinjaMacroDefinition> Macros { get; }

    /// <param name="source">Text of the template.</param>
    /// <param name="name">The file as messages call it.</param>
    /// <exception cref="JinjaException">The text is no template, or uses what is not supported; with the line.</exception>
    public static JinjaTemplate Parse(string source, string name)
    {
        try
        {
            return new(source, name, HasTags(source) ? TemplateParser.Parse(source) : null);
        }
        catch (JinjaException failure)
        {
            failure.Locate(name, failure.Line);
            throw;
        }
    }

    /// <summary>The text.</summary>
    /// <exception cref="JinjaException">With the template and the line in it.</exception>
    public string Render(JinjaScope scope) => _body is null ? _source : Run(scope, isNative: false).Text();

    /// <summary>A typed value, as dbt renders the values of YAML files.</summary>
    /// <exception cref="JinjaException">With the template and the line in it.</exception>
    public object? RenderNative(JinjaScope scope) => _body is null ? _source : NativeValues.Convert(Run(scope, isNative: true).Native());

    /// <summary>A scope at the top of the template, for a macro of it.</summary>
    public Frame Open(JinjaScope scope, bool isNative = false) => new(new RenderRun(Name, scope.Globals, isNative), new Output(isNative), null);

    /// <summary>dbt leaves a text alone in which nothing looks like a tag, its last newline included.</summary>
    private static bool HasTags(string source)
    {
        for (var index = 0; index + 1 < source.Length; index++)
        {
            if ((source[index] == '{' && source[index + 1] is '{' or '%' or '#') || (source[index + 1] == '}' && source[index] is '}' or '%' or '#'))
            {
                return true;
            }
        }

        return false;
    }

    private JinjaException Located(JinjaException failure, Frame frame)
    {
        failure.Locate(Name, frame.Run.Line);
        return failure;
    }

    private Output Run(JinjaScope scope, bool isNative)
    {
        var frame = Open(scope, isNative);
        try
        {
            _body!.Execute(frame);
            return frame.Output;
        }
        catch (JinjaException failure)
        {
            Located(failure, frame);
            throw;
        }
        catch (MacroReturn returned)
        {
            throw Located(JinjaException.Runtime(returned.Message), frame);
        }
        catch (Exception limit) when (limit is OverflowException or RegexMatchTimeoutException)
        {
            throw Located(JinjaException.Unsupported("a number, text or regular expression this large"), frame);
        }
    }
}
