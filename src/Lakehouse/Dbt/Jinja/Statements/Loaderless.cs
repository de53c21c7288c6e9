namespace Recoup.Lakehouse.Dbt.Jinja.Statements;

/// <summary><c>include</c>, <c>import</c>, <c>from</c> and <c>extends</c>: dbt's Jinja has nowhere to load templates from.</summary>
internal sealed class Loaderless(int line) : Statement
{
    public override Flow Execute(Frame frame)
    {
        frame.Run.Line = line;
        throw JinjaException.Runtime("no loader for this environment specified");
    }
}
