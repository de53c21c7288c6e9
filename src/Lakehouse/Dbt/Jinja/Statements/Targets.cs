using Recoup.Lakehouse.Dbt.Jinja.Expressions;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Statements;

/// <summary>Gives values to what a tag assigns to.</summary>
internal static class Targets
{
    public static void Assign(Expression target, object? value, Frame frame)
    {
        switch (target)
        {
            case Name name:
                frame.Set(name.Identifier, value);
                break;
            case TupleLiteral tuple:
                Unpack(tuple.Items, value, frame);
                break;
            case NamespaceReference reference:
                var space = frame.Get(reference.Identifier) as PyNamespace ?? throw JinjaException.Runtime("cannot assign attribute on non-namespace object");
                space.Attributes[reference.Attribute] = value;
                break;
        }
    }

    private static void Unpack(IReadOnlyList<Expression> targets, object? value, Frame frame)
    {
        if (!PyValue.IsIterable(value))
        {
            throw JinjaException.Runtime($"cannot unpack non-iterable {PyType.NameOf(value)} object");
        }

        var items = PyValue.Iterate(value).Take(targets.Count + 1).ToList();
        if (items.Count != targets.Count)
        {
            throw JinjaException.Runtime(items.Count > targets.Count
                ? $"too many values to unpack (expected {targets.Count})"
                : $"not enough values to unpack (expected {targets.Count}, got {items.Count})");
        }

        for (var index = 0; index < items.Count; index++)
        {
            Assign(targets[index], items[index], frame);
        }
    }
}
