using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Expressions;

/// <summary><c>a &lt; b &lt;= c</c>, <c>in</c> and <c>not in</c>: Python's chain, whose middle is computed once.</summary>
internal sealed class Comparison(Expression first, IReadOnlyList<(string Symbol, Expression Operand)> rest, int line) : Expression(line)
{
    public override bool IsConstant => first.IsConstant && rest.All(item => item.Operand.IsConstant);

    public override object? Evaluate(Frame frame)
    {
        var left = first.Evaluate(frame);
        foreach (var (symbol, operand) in rest)
        {
            var right = operand.Evaluate(frame);
            if (!Holds(left, symbol, right))
            {
                return false;
            }

            left = right;
        }

        return true;
    }

    public static bool Holds(object? left, string symbol, object? right) => symbol switch
    {
        "==" => !IsNaN(left, right) && PyValue.AreEqual(left, right),
        "!=" => IsNaN(left, right) || !PyValue.AreEqual(left, right),
        "in" => PyEquality.Contains(right, left),
        "not in" => !PyEquality.Contains(right, left),
        _ => Ordered(left, symbol, right),
    };

    private static bool Ordered(object? left, string symbol, object? right)
    {
        var order = PyOrder.Compare(left, right, symbol);
        return !IsNaN(left, right) && symbol switch
        {
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }

    private static bool IsNaN(object? left, object? right) => left is double.NaN || right is double.NaN;
}
