using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Expressions;

/// <summary><c>not x</c>.</summary>
internal sealed class Not(Expression operand, int line) : Expression(line)
{
    public override bool IsConstant => operand.IsConstant;

    public override object? Evaluate(Frame frame) => !PyValue.IsTrue(operand.Evaluate(frame));
}

/// <summary><c>a and b</c>: the first that is false, or the last.</summary>
internal sealed class And(Expression left, Expression right, int line) : Expression(line)
{
    public override bool IsConstant => left.IsConstant && (right.IsConstant || !PyValue.IsTrue(Constants.Value(left)));

    public override object? Evaluate(Frame frame)
    {
        var value = left.Evaluate(frame);
        return PyValue.IsTrue(value) ? right.Evaluate(frame) : value;
    }
}

/// <summary><c>a or b</c>: the first that is true, or the last.</summary>
internal sealed class Or(Expression left, Expression right, int line) : Expression(line)
{
    public override bool IsConstant => left.IsConstant && (right.IsConstant || PyValue.IsTrue(Constants.Value(left)));

    public override object? Evaluate(Frame frame)
    {
        var value = left.Evaluate(frame);
        return PyValue.IsTrue(value) ? value : right.Evaluate(frame);
    }
}

/// <summary><c>a if test else b</c>; without else it may be undefined.</summary>
internal sealed class Conditional(Expression test, Expression then, Expression? otherwise, int line) : Expression(line)
{
    public override bool IsConstant => test.IsConstant && ((PyValue.IsTrue(Constants.Value(test)) ? then : otherwise)?.IsConstant ?? false);

    public override object? Evaluate(Frame frame) => PyValue.IsTrue(test.Evaluate(frame)) ? then.Evaluate(frame) : otherwise switch
    {
        null => new JinjaUndefined($"the inline if-expression on line {Line} evaluated to false and no else section was defined."),
        _ => otherwise.Evaluate(frame),
    };
}
