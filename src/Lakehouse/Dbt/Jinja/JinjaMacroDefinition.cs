using Recoup.Lakehouse.Dbt.Jinja.Statements;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja;

/// <summary>A macro at the top of a template, not yet bound to the names that its body will see.</summary>
internal sealed class JinjaMacroDefinition(JinjaTemplate template, MacroDefinition macro)
{
    /// <summary>The name as dbt knows it: <c>cents</c>; a generic test's is <c>test_</c> and its name.</summary>
    public string Name => macro.Name;

    public IReadOnlyList<string> Parameters => macro.Body.Signature.Names;

    /// <summary>Line of the tag that opens it, from 1.</summary>
    public int Line => macro.Body.Line;

    /// <summary>What a template calls: the macro's text, or the value that <c>return()</c> was given.</summary>
    public IJinjaCallable Bind(JinjaScope scope) => new Generator(template, macro, scope);

    /// <summary>dbt's MacroGenerator.</summary>
    private sealed class Generator(JinjaTemplate template, MacroDefinition macro, JinjaScope scope) : IJinjaCallable, IPyTyped
    {
        public string TypeName => "dbt.clients.jinja.MacroGenerator";

        public object? Call(JinjaArguments arguments)
        {
            try
            {
                return macro.Bind(template.Open(scope)).Call(arguments);
            }
            catch (MacroReturn returned)
            {
                return returned.Value;
            }
        }

        public override string ToString() => throw JinjaException.Unsupported("printing a macro (call it)");
    }
}
