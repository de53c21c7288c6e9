using Recoup.Lakehouse.Dbt.Jinja.Expressions;

namespace Recoup.Lakehouse.Dbt.Jinja.Statements;

/// <summary>Text between tags.</summary>
internal sealed class TextOutput(string text, int line) : Statement
{
    public int Line { get; } = line;

    public override Flow Execute(Frame frame)
    {
        frame.Output.Write(text);
        return Flow.Next;
    }
}

/// <summary><c>{{ value }}</c>.</summary>
internal sealed class ValueOutput(Expression value) : Statement
{
    // Computed once: constants cost nothing later, and native rendering prints them as text.
    private readonly string? _constant = Constants.Text(value);

    public override Flow Execute(Frame frame)
    {
        frame.Run.Line = value.Line;
        if (_constant is not null)
        {
            frame.Output.Write(_constant);
        }
        else
        {
            frame.Output.WriteValue(value.Evaluate(frame));
        }

        return Flow.Next;
    }
}
