using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Expressions;

/// <summary><c>+ - * / // % **</c>.</summary>
/// <param name="compute">One of <see cref="PyArithmetic"/>.</param>
internal sealed class Binary(Func<object?, object?, object?> compute, Expression left, Expression right, int line) : Expression(line)
{
    public override bool IsConstant => left.IsConstant && right.IsConstant;

    public override object? Evaluate(Frame frame) => compute(left.Evaluate(frame), right.Evaluate(frame));
}

/// <summary><c>-x</c> and <c>+x</c>.</summary>
internal sealed class Unary(Func<object?, object?> compute, Expression operand, int line) : Expression(line)
{
    public override bool IsConstant => operand.IsConstant;

    public override object? Evaluate(Frame frame) => compute(operand.Evaluate(frame));
}

/// <summary><c>a ~ b</c>: both as text.</summary>
internal sealed class Concatenation(IReadOnlyList<Expression> parts, int line) : Expression(line)
{
    public override bool IsConstant => parts.All(part => part.IsConstant);

    public override object? Evaluate(Frame frame) => string.Concat(parts.Select(part => PyValue.Text(part.Evaluate(frame))));
}
