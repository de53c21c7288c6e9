using Recoup.Lakehouse.Dbt.Jinja.Expressions;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Statements;

/// <summary><c>{% for target in items if test recursive %}</c>: each turn is a new scope.</summary>
internal sealed class For(
    Expression target, Expression items, Expression? test, bool isRecursive, Block body, Block? otherwise, int line) : Statement
{
    public override Flow Execute(Frame frame)
    {
        frame.Run.Line = line;
        var value = items.Evaluate(frame);
        Run(value, frame, depth: 1);
        return Flow.Next;
    }

    private void Run(object? value, Frame frame, int depth)
    {
        var loop = new LoopContext(test is null ? value : new PyIterator(Kept(value, frame)), depth, isRecursive ? inner => Recurse(inner, frame, depth) : null);
        var isEmpty = true;
        while (loop.MoveNext())
        {
            isEmpty = false;
            var turn = frame.Inner();
            turn.Set("loop", loop);
            Targets.Assign(target, loop.Current, turn);
            if (body.Execute(turn) == Flow.Break)
            {
                return;
            }
        }

        if (isEmpty)
        {
            otherwise?.Execute(frame.Inner());
        }
    }

    private IEnumerable<object?> Kept(object? value, Frame frame)
    {
        foreach (var item in PyValue.Iterate(value))
        {
            var scope = frame.Inner();
            Targets.Assign(target, item, scope);
            if (PyValue.IsTrue(test!.Evaluate(scope)))
            {
                yield return item;
            }
        }
    }

    private string Recurse(object? value, Frame frame, int depth)
    {
        var inner = frame.Capture();
        Run(value, inner, depth + 1);
        return inner.Output.Text();
    }
}
