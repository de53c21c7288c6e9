using Recoup.Lakehouse.Dbt.Jinja.Expressions;
using Recoup.Lakehouse.Dbt.Jinja.Syntax;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja;

/// <summary>What dbt makes of the value of a YAML field after rendering: marked text becomes what it was marked as.</summary>
internal static class NativeValues
{
    public static object? Convert(object? value) => value switch
    {
        NativeMarker { Kind: "text" } marker => marker.Text,
        NativeMarker marker => Checked(marker, Read(marker.Text)),
        PyMarkup markup => markup.Text,
        _ => value,
    };

    private static object? Checked(NativeMarker marker, object? value) => marker.Kind switch
    {
        "bool" when value is not bool => throw Cannot(marker),
        "number" when value is not (long or double or System.Numerics.BigInteger) => throw Cannot(marker),
        _ => value,
    };

    private static JinjaException Cannot(NativeMarker marker) =>
        new(JinjaErrorKind.Compilation, $"Could not convert value '{marker.Text}' into type '{marker.Kind}'");

    /// <summary>Python's <c>literal_eval</c>; the text itself where it is no literal.</summary>
    private static object? Read(string text)
    {
        try
        {
            var expression = TemplateParser.ParseExpression(text.TrimStart(' ', '\t'));
            return IsLiteral(expression, text) ? Constants.Value(expression) : text;
        }
        catch (JinjaException failure) when (failure.Kind == JinjaErrorKind.Syntax)
        {
            return text;
        }
    }

    /// <summary>Python knows True, Jinja true as well; and where Jinja computes, literal_eval does not.</summary>
    private static bool IsLiteral(Expression expression, string text) => expression switch
    {
        Literal { Value: bool or null } => text.Trim() is "True" or "False" or "None",
        Literal => true,
        Unary => !text.Contains('|') && expression.IsConstant,
        ListLiteral or TupleLiteral or DictLiteral => expression.IsConstant && IsPlain(text),
        _ => false,
    };

    private static bool IsPlain(string text) => text.IndexOfAny(['|', '~', '*', '/']) < 0 && !text.Contains("true", StringComparison.Ordinal)
        && !text.Contains("false", StringComparison.Ordinal) && !text.Contains("none", StringComparison.Ordinal) && !text.Contains(" is ", StringComparison.Ordinal)
        ? true
        : throw JinjaException.Unsupported($"reading {PyRepr.Quote(text)} as a Python literal");
}
