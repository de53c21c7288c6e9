namespace Recoup.Lakehouse.Dbt.Jinja.Statements;

/// <summary><c>{% break %}</c> and <c>{% continue %}</c>.</summary>
internal sealed class LoopControl(Flow flow, int line) : Statement
{
    public override Flow Execute(Frame frame)
    {
        frame.Run.Line = line;
        return flow;
    }
}
