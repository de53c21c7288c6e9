using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Expressions;

/// <summary>The values of expressions that have no names in them.</summary>
internal static class Constants
{
    private static readonly Dictionary<string, object?> NoNames = [];

    /// <summary>The value; undefined where computing it fails, as it will again when the template runs.</summary>
    public static object? Value(Expression expression)
    {
        try
        {
            return expression.Evaluate(new Frame(new RenderRun("", NoNames, false), new Output(false), null));
        }
        catch (JinjaException failure)
        {
            return new JinjaUndefined(failure.Message);
        }
    }

    /// <summary>The value as text, where Jinja computes it while it compiles; null where it leaves it to the run.</summary>
    public static string? Text(Expression expression) => expression.IsConstant ? Value(expression) switch
    {
        var value when IsSafe(value) => PyValue.Text(value),
        _ => null,
    }
    : null;

    private static bool IsSafe(object? value) => value switch
    {
        PyList list => list.All(IsSafe),
        PyTuple tuple => tuple.Items.All(IsSafe),
        PySet set => set.InAnyOrder().All(IsSafe),
        PyDict dict => dict.All(entry => IsSafe(entry.Key) && IsSafe(entry.Value)),
        null or bool or long or System.Numerics.BigInteger or double or string or PyRange or PyMarkup => true,
        _ => false,
    };
}
