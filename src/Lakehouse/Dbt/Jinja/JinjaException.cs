namespace Recoup.Lakehouse.Dbt.Jinja;

/// <summary>What went wrong in a template, for the caller to give its own headline.</summary>
internal enum JinjaErrorKind
{
    /// <summary>The text is no template.</summary>
    Syntax,

    /// <summary>A name or attribute that does not exist was used.</summary>
    Undefined,

    /// <summary>A value did not fit what was done with it, as a Python exception says.</summary>
    Runtime,

    /// <summary>The template or the context asked for the error: <c>exceptions.raise_compiler_error</c>, a missing var.</summary>
    Compilation,

    /// <summary>An environment variable is missing; dbt calls it a Parsing Error.</summary>
    Parsing,

    /// <summary>Real dbt can do this and this evaluator cannot; the message names it.</summary>
    Unsupported,
}

/// <summary>A template that cannot be parsed or rendered.</summary>
internal sealed class JinjaException(JinjaErrorKind kind, string message, int? line = null, Exception? inner = null)
    : Exception(message, inner)
{
    public JinjaErrorKind Kind { get; } = kind;

    /// <summary>Line in <see cref="TemplateName"/>, from 1; null where only the caller can know it.</summary>
    public int? Line { get; private set; } = line;

    /// <summary>The file as messages call it; empty until a template has let the error through.</summary>
    public string TemplateName { get; private set; } = "";

    public static JinjaException Runtime(string message) => new(JinjaErrorKind.Runtime, message);

    public static JinjaException Undefined(string message) => new(JinjaErrorKind.Undefined, message);

    /// <param name="what">What real dbt can do here, as a noun: <c>"the filter 'urlize'"</c>.</param>
    public static JinjaException Unsupported(string what) =>
        new(JinjaErrorKind.Unsupported, $"{what} is not supported by the embedded dbt: write it another way, or run dbt itself.");

    /// <summary>Says where the error was; the innermost template, which says it first, is kept.</summary>
    public void Locate(string template, int? line)
    {
        if (TemplateName.Length == 0)
        {
            TemplateName = template;
            Line ??= line;
        }
    }
}
