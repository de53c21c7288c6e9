using Recoup.Lakehouse.Dbt.Jinja.Expressions;

namespace Recoup.Lakehouse.Dbt.Jinja.Statements;

/// <summary><c>{% set x = value %}</c>.</summary>
internal sealed class Set(Expression target, Expression value, int line) : Statement
{
    public override Flow Execute(Frame frame)
    {
        frame.Run.Line = line;
        Targets.Assign(target, value.Evaluate(frame), frame);
        return Flow.Next;
    }
}

/// <summary><c>{% set x | filter %}text{% endset %}</c>.</summary>
internal sealed class SetBlock(Expression target, FilterApplication? filter, Block body, int line) : Statement
{
    public override Flow Execute(Frame frame)
    {
        frame.Run.Line = line;
        var inner = frame.Capture();
        var flow = body.Execute(inner);
        if (flow == Flow.Next)
        {
            var text = inner.Output.Text();
            Targets.Assign(target, filter is null ? text : filter.ApplyTo(text, frame), frame);
        }

        return flow;
    }
}

/// <summary><c>{% with a=1 %}</c>: a scope, whose values are computed outside of it.</summary>
internal sealed class With(IReadOnlyList<(Expression Target, Expression Value)> assignments, Block body, int line) : Statement
{
    public override Flow Execute(Frame frame)
    {
        frame.Run.Line = line;
        var inner = frame.Inner();
        foreach (var (target, value) in assignments)
        {
            Targets.Assign(target, value.Evaluate(frame), inner);
        }

        return body.Execute(inner);
    }
}

/// <summary><c>{% filter name %}text{% endfilter %}</c>.</summary>
internal sealed class FilterBlock(FilterApplication filter, Block body, int line) : Statement
{
    public override Flow Execute(Frame frame)
    {
        frame.Run.Line = line;
        var inner = frame.Capture();
        var flow = body.Execute(inner);
        if (flow == Flow.Next)
        {
            frame.Output.WriteValue(filter.ApplyTo(inner.Output.Text(), frame));
        }

        return flow;
    }
}

/// <summary><c>{% do expression %}</c>: computed for what it changes.</summary>
internal sealed class Do(Expression expression, int line) : Statement
{
    public override Flow Execute(Frame frame)
    {
        frame.Run.Line = line;
        expression.Evaluate(frame);
        return Flow.Next;
    }
}
