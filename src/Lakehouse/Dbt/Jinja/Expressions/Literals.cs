using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Expressions;

/// <summary>A number, text, true, false or none.</summary>
internal sealed class Literal(object? value, int line) : Expression(line)
{
    public object? Value { get; } = value;

    public override bool IsConstant => true;

    public override object? Evaluate(Frame frame) => Value;
}

/// <summary><c>[1, 2]</c>.</summary>
internal sealed class ListLiteral(IReadOnlyList<Expression> items, int line) : Expression(line)
{
    public override bool IsConstant => items.All(item => item.IsConstant);

    public override object? Evaluate(Frame frame) => new PyList(items.Select(item => item.Evaluate(frame)));
}

/// <summary><c>(1, 2)</c>, also without its parentheses; as a target it is unpacked.</summary>
internal sealed class TupleLiteral(IReadOnlyList<Expression> items, int line) : Expression(line)
{
    public IReadOnlyList<Expression> Items { get; } = items;

    public override bool IsConstant => Items.All(item => item.IsConstant);

    public override object? Evaluate(Frame frame) => new PyTuple([.. Items.Select(item => item.Evaluate(frame))]);
}

/// <summary><c>{'a': 1}</c>.</summary>
internal sealed class DictLiteral(IReadOnlyList<(Expression Key, Expression Value)> entries, int line) : Expression(line)
{
    public override bool IsConstant => entries.All(entry => entry.Key.IsConstant && entry.Value.IsConstant);

    public override object? Evaluate(Frame frame) =>
        new PyDict(entries.Select(entry => KeyValuePair.Create(entry.Key.Evaluate(frame), entry.Value.Evaluate(frame))));
}
