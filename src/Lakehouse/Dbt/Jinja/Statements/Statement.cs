namespace Recoup.Lakehouse.Dbt.Jinja.Statements;

/// <summary>How a statement ended: in loops, <c>break</c> and <c>continue</c> end the statements around them too.</summary>
internal enum Flow
{
    Next,
    Break,
    Continue,
}

/// <summary>A part of a template that does something.</summary>
internal abstract class Statement
{
    public abstract Flow Execute(Frame frame);
}

/// <summary>Statements one after the other, in the scope of what is around them.</summary>
internal sealed class Block(IReadOnlyList<Statement> statements) : Statement
{
    public IReadOnlyList<Statement> Statements { get; } = statements;

    public override Flow Execute(Frame frame)
    {
        for (var index = 0; index < Statements.Count; index++)
        {
            var flow = Statements[index].Execute(frame);
            if (flow != Flow.Next)
            {
                return flow;
            }
        }

        return Flow.Next;
    }
}
