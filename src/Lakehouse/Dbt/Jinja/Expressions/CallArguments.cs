using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Expressions;

/// <summary>What stands between the parentheses of a call, filter or test.</summary>
/// <param name="Extra">After <c>*</c>.</param>
/// <param name="ExtraNamed">After <c>**</c>.</param>
internal sealed record CallArguments(
    IReadOnlyList<Expression> Positional, IReadOnlyList<(string Name, Expression Value)> Named, Expression? Extra, Expression? ExtraNamed)
{
    public static CallArguments None { get; } = new([], [], null, null);

    public bool IsConstant => Positional.All(item => item.IsConstant) && Named.All(item => item.Value.IsConstant)
        && (Extra?.IsConstant ?? true) && (ExtraNamed?.IsConstant ?? true);

    public JinjaArguments Evaluate(Frame frame)
    {
        if (Named.Count == 0 && Extra is null && ExtraNamed is null)
        {
            return Positional.Count == 0 ? JinjaArguments.None : new(EvaluatePositional(frame));
        }

        IReadOnlyList<object?> positional = EvaluatePositional(frame);
        positional = Extra is null ? positional : [.. positional, .. PyValue.Iterate(Extra.Evaluate(frame))];
        return new(positional, EvaluateNamed(frame));
    }

    private object?[] EvaluatePositional(Frame frame)
    {
        var values = new object?[Positional.Count];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = Positional[index].Evaluate(frame);
        }

        return values;
    }

    private OrderedDictionary<string, object?> EvaluateNamed(Frame frame)
    {
        var named = new OrderedDictionary<string, object?>();
        foreach (var (name, value) in Named)
        {
            Add(named, name, value.Evaluate(frame));
        }

        foreach (var (name, value) in ExtraNamed is null ? [] : Mapping(ExtraNamed.Evaluate(frame)))
        {
            Add(named, name as string ?? throw JinjaException.Runtime("keywords must be strings"), value);
        }

        return named;
    }

    private static void Add(OrderedDictionary<string, object?> named, string name, object? value)
    {
        if (!named.TryAdd(name, value))
        {
            throw JinjaException.Runtime($"got multiple values for keyword argument '{name}'");
        }
    }

    private static PyDict Mapping(object? value) => value as PyDict
        ?? throw JinjaException.Runtime($"argument after ** must be a mapping, not {PyType.NameOf(value)}");
}
