using Recoup.Lakehouse.Dbt.Jinja.Methods;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Expressions;

/// <summary><c>x.name</c>.</summary>
internal sealed class GetAttribute(Expression target, string name, int line) : Expression(line)
{
    public override bool IsConstant => target.IsConstant;

    public override object? Evaluate(Frame frame) => PyAttributes.Get(target.Evaluate(frame), name);
}

/// <summary><c>x[key]</c>.</summary>
internal sealed class GetItem(Expression target, Expression key, int line) : Expression(line)
{
    public override bool IsConstant => target.IsConstant && key.IsConstant;

    public override object? Evaluate(Frame frame) => PyAttributes.Item(target.Evaluate(frame), key.Evaluate(frame));
}

/// <summary><c>start:stop:step</c> between brackets.</summary>
internal sealed class Slice(Expression? start, Expression? stop, Expression? step, int line) : Expression(line)
{
    public override bool IsConstant => (start?.IsConstant ?? true) && (stop?.IsConstant ?? true) && (step?.IsConstant ?? true);

    public override object? Evaluate(Frame frame) => new PySlice(start?.Evaluate(frame), stop?.Evaluate(frame), step?.Evaluate(frame));
}
