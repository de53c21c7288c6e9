namespace Recoup.Lakehouse.Dbt.Jinja;

/// <summary>One rendering of a template, or one call of a macro of it.</summary>
/// <param name="templateName">The file as messages call it.</param>
/// <param name="globals">The names of the context.</param>
/// <param name="isNative">Values keep their types.</param>
internal sealed class RenderRun(string templateName, IReadOnlyDictionary<string, object?> globals, bool isNative)
{
    public string TemplateName { get; } = templateName;

    public IReadOnlyDictionary<string, object?> Globals { get; } = globals;

    public bool IsNative { get; } = isNative;

    /// <summary>Line of the statement that runs: where an error is said to be.</summary>
    public int Line { get; set; } = 1;

    /// <summary>The same template, for a call of one of its macros.</summary>
    public RenderRun ForCall() => new(TemplateName, Globals, IsNative) { Line = Line };
}
