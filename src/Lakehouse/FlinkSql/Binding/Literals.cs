using System.Globalization;
using System.Numerics;
using Recoup.Lakehouse.FlinkSql.Semantics;
using Recoup.Lakehouse.FlinkSql.Syntax;
using Recoup.Lakehouse.FlinkSql.Types;

namespace Recoup.Lakehouse.FlinkSql.Binding;

/// <summary>Literals, with the types that Flink gives them: 'abc' is CHAR(3), 1.50 is DECIMAL(3, 2), 1e3 is DOUBLE.</summary>
internal static class Literals
{
    public static BoundExpression Bind(Expression literal) => literal switch
    {
        TextLiteral text => Text(text.Text),
        NumberLiteral number => Number(number.Digits, number.At),
        BooleanLiteral boolean => new BoundExpression(boolean.Value ? "TRUE" : "FALSE", FlinkType.Boolean, boolean.Value),
        BinaryLiteral binary => new BoundExpression($"from_hex('{binary.HexDigits}')", FlinkType.Binary(binary.HexDigits.Length / 2)),
        TemporalLiteral temporal => Temporal(temporal),
        IntervalLiteral interval => Intervals.Bind(interval),
        _ => throw new InvalidOperationException($"{literal.GetType().Name} is no literal."),
    };

    public static BoundExpression Text(string text)
    {
        var type = FlinkType.Char(text.EnumerateRunes().Count());
        return text.Contains('\0', StringComparison.Ordinal)
            ? new BoundExpression($"(CAST(from_hex('{Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(text))}') AS VARCHAR))", type, text)
            : new BoundExpression($"'{text.Replace("'", "''", StringComparison.Ordinal)}'", type, text);
    }

    public static BoundExpression BindNegative(NumberLiteral number) => Number($"-{number.Digits}", number.At);

    private static BoundExpression Number(string digits, SourcePosition at)
    {
        if (digits.Contains('e', StringComparison.OrdinalIgnoreCase))
        {
            var value = double.Parse(digits, CultureInfo.InvariantCulture);
            return double.IsFinite(value)
                ? new BoundExpression($"CAST('{value.ToString("R", CultureInfo.InvariantCulture)}' AS DOUBLE)", FlinkType.Double)
                : throw new FlinkSqlException(at, $"the number {digits} is out of range", "A DOUBLE ends at 1.8e308");
        }

        var point = digits.IndexOf('.', StringComparison.Ordinal);
        if (point >= 0 && point < digits.Length - 1)
        {
            return Fraction(digits, digits.Length - point - 1, at);
        }

        var integer = BigInteger.Parse(digits.TrimEnd('.'), CultureInfo.InvariantCulture);
        return integer >= int.MinValue && integer <= int.MaxValue ? new BoundExpression($"CAST({integer} AS INTEGER)", FlinkType.Int, (long)integer)
            : integer >= long.MinValue && integer <= long.MaxValue ? new BoundExpression($"CAST({integer} AS BIGINT)", FlinkType.BigInt, (long)integer)
            : Fraction(integer.ToString(CultureInfo.InvariantCulture), 0, at);
    }

    private static BoundExpression Fraction(string digits, int scale, SourcePosition at)
    {
        var significant = digits.TrimStart('-').Replace(".", string.Empty, StringComparison.Ordinal).TrimStart('0').Length;
        var precision = Math.Max(Math.Max(significant, scale), 1);

        return precision <= 38
            ? new BoundExpression($"CAST('{digits}' AS DECIMAL({precision},{scale}))", FlinkType.Decimal(precision, scale))
            : throw new FlinkSqlException(at, $"the number {digits} has more than 38 digits", "Shorten it");
    }

    private static BoundExpression Temporal(TemporalLiteral literal)
    {
        if (literal.Kind == "TIME")
        {
            throw new FlinkSqlException(literal.At, "TIME is read differently by Flink 2.1 and 2.3", "Keep a time of day as STRING, or a whole TIMESTAMP");
        }

        if (literal.Kind == "DATE")
        {
            return TimeText.TryParseDateLiteral(literal.Text, out var day)
                ? new BoundExpression($"make_date({day})", FlinkType.Date)
                : throw new FlinkSqlException(literal.At, $"'{literal.Text}' is no date", "Write DATE 'yyyy-MM-dd' with a day that exists");
        }

        if (!TimeText.TryParseTimestampLiteral(literal.Text, out var microseconds, out var digits))
        {
            throw new FlinkSqlException(literal.At, $"'{literal.Text}' is no timestamp", "Write TIMESTAMP 'yyyy-MM-dd HH:mm:ss', with up to six more digits");
        }

        return new BoundExpression($"make_timestamp({microseconds.ToString(CultureInfo.InvariantCulture)})", FlinkType.Timestamp(digits));
    }
}
