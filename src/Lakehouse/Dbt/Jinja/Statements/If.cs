using Recoup.Lakehouse.Dbt.Jinja.Expressions;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Statements;

/// <summary><c>if</c> or <c>elif</c> with what follows it.</summary>
internal sealed record IfBranch(Expression Test, Block Body, int Line);

/// <summary><c>if</c>, which is no scope: what it sets stays set.</summary>
internal sealed class If(IReadOnlyList<IfBranch> branches, Block? otherwise) : Statement
{
    public override Flow Execute(Frame frame)
    {
        foreach (var branch in branches)
        {
            frame.Run.Line = branch.Line;
            if (PyValue.IsTrue(branch.Test.Evaluate(frame)))
            {
                return branch.Body.Execute(frame);
            }
        }

        return otherwise?.Execute(frame) ?? Flow.Next;
    }
}
