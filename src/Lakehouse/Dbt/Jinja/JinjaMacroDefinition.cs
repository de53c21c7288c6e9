namespace Recoup.Lakehouse.Dbt.Jinja;

/// <summary>A macro at the top of a template, not yet bound to the names that its body will see.</summary>
internal sealed class JinjaMacroDefinition
{
    /// <summary>The name as dbt knows it: <c>cents</c>; a generic test's is <c>test_</c> and its name.</summary>
    public string Name => throw new NotImplementedException();

    public IReadOnlyList<string> Parameters => throw new NotImplementedException();

    /// <summary>Line of the tag that opens it, from 1.</summary>
    public int Line => throw new NotImplementedException();

    /// <summary>What a template calls: the macro's text, or the value that <c>return()</c> was given.</summary>
    public IJinjaCallable Bind(JinjaScope scope) => throw new NotImplementedException();
}
