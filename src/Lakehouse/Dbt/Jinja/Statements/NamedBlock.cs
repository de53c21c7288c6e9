namespace Recoup.Lakehouse.Dbt.Jinja.Statements;

/// <summary><c>{% block name %}</c>: with no template to extend, its body, which sees the top scope only.</summary>
internal sealed class NamedBlock(Block body, int line) : Statement
{
    public override Flow Execute(Frame frame)
    {
        frame.Run.Line = line;
        body.Execute(new Frame(frame.Run, frame.Output, frame.Root()));
        return Flow.Next;
    }
}
