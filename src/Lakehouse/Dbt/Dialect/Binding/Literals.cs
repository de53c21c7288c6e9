using System.Globalization;
using System.Text.RegularExpressions;
using Recoup.Lakehouse.Dbt.Dialect.Native;
using Recoup.Lakehouse.Dbt.Dialect.Syntax;
using Recoup.Lakehouse.Dbt.Dialect.Types;

namespace Recoup.Lakehouse.Dbt.Dialect.Binding;

/// <summary>Literals: their types as Trino has them, their values as DuckDB writes them.</summary>
internal static partial class Literals
{
    private static readonly string[] DayUnits = ["SECOND", "MINUTE", "HOUR", "DAY"];
    private static readonly string[] YearUnits = ["MONTH", "YEAR"];

    public static Bound Number(NumberLiteral literal, BindingContext context)
    {
        var text = literal.Text.Replace("_", "", StringComparison.Ordinal);
        if (literal.Text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            text = long.Parse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
        }

        if (text.Contains('e', StringComparison.OrdinalIgnoreCase))
        {
            return new Bound($"CAST('{text}' AS DOUBLE)", TrinoType.Double, literal.Line) { Constant = text, IsSafe = true, IsTypeExact = true };
        }

        return text.Contains('.', StringComparison.Ordinal)
            ? Decimal(text, literal.Line)
            : long.TryParse(text, CultureInfo.InvariantCulture, out var value)
                ? Literal(text, value <= int.MaxValue ? TrinoType.Integer : TrinoType.BigInt, literal.Line)
                : throw context.Refuse("L15", literal.Line, $"{text} is no bigint", "Write it as DECIMAL '...'");
    }

    public static Bound Text(TextLiteral literal) => new(Quoted.Text(literal.Text), TrinoType.Of(TypeKind.Varchar, CodePoints(literal.Text)), literal.Line)
    {
        Constant = literal.Text,
        IsSafe = true,
        IsTypeExact = true,
    };

    public static Bound Typed(TypedLiteral literal, BindingContext context) => literal.Type switch
    {
        "date" when PlainDate().IsMatch(literal.Text) && TrinoTimes.TryDate(literal.Text, out _) => Constant($"trino_to_date({Quoted.Text(literal.Text)})", TrinoType.Date, literal.Line),
        "timestamp" => Timestamp(literal, context),
        "decimal" when DecimalPattern().IsMatch(literal.Text) => Decimal(literal.Text, literal.Line),
        "varchar" => Text(new TextLiteral(literal.Text, literal.Line)) with { Type = TrinoType.Varchar, IsTypeExact = false },
        "json" => throw context.Refuse("L11", literal.Line, "JSON as a value differs in spaces, order of keys and equality", "Keep the text and use json_extract_scalar"),
        "date" or "decimal" => throw context.Refuse("L15", literal.Line, $"'{literal.Text}' is no {literal.Type}", "Correct the literal"),
        _ => throw context.Refuse("L15", literal.Line, $"{literal.Type} '...' is not read here", "Use one of docs/DIALECT.md's literals"),
    };

    public static Bound Interval(IntervalLiteral literal, BindingContext context)
    {
        var kind = DayUnits.Contains(literal.Unit) ? TypeKind.IntervalDay : YearUnits.Contains(literal.Unit) ? TypeKind.IntervalYear : TypeKind.Unknown;
        if (kind is TypeKind.Unknown || !IntervalPattern().IsMatch(literal.Text) || !int.TryParse(literal.Text, CultureInfo.InvariantCulture, out var count))
        {
            throw context.Refuse("L07", literal.Line, $"the interval '{literal.Text}' {literal.Unit} is not one that both read", "Write INTERVAL 'n' SECOND, MINUTE, HOUR, DAY, MONTH or YEAR");
        }

        var number = literal.IsNegative ? -(long)count : count;
        return new Bound($"INTERVAL '{number}' {literal.Unit}", TrinoType.Of(kind), literal.Line) { Constant = literal.Unit, IsSafe = true };
    }

    private static Bound Timestamp(TypedLiteral literal, BindingContext context)
    {
        if (ZoneName().IsMatch(literal.Text))
        {
            throw context.Refuse("L09", literal.Line, $"the zone of '{literal.Text}' would be kept in Trino's value, and DuckDB keeps instants only", "Write the time in UTC");
        }

        if (literal.Text.Length != literal.Text.Trim().Length || literal.Text.StartsWith("0000", StringComparison.Ordinal) || !TrinoTimes.TryTimestamp(literal.Text, out var time) || time.Digits > 6)
        {
            throw context.Refuse("L22", literal.Line, $"'{literal.Text}' is no timestamp of at most six digits of a second", "Write TIMESTAMP '2026-01-31 10:00:00.000000'");
        }

        if (!time.IsUtc)
        {
            throw context.Refuse("L09", literal.Line, $"the zone of '{literal.Text}' would be kept in Trino's value, and DuckDB keeps instants only", "Write the time in UTC");
        }

        return time.HasZone
            ? Constant($"make_timestamptz({time.Microseconds})", TrinoType.TimestampTz(time.Digits), literal.Line)
            : Constant($"make_timestamp({time.Microseconds})", TrinoType.Timestamp(time.Digits), literal.Line);
    }

    private static Bound Decimal(string text, int line)
    {
        var digits = text.TrimStart('-', '+');
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var scale = point < 0 ? 0 : digits.Length - point - 1;
        var whole = (point < 0 ? digits : digits[..point]).TrimStart('0');
        var type = TrinoType.Decimal(Math.Max(1, whole.Length + scale), scale);
        return Literal($"CAST('{text}' AS {DuckTypes.Name(type)})", type, line) with { IsNumberLiteral = false, Constant = text };
    }

    private static Bound Literal(string text, TrinoType type, int line) =>
        new(text, type, line) { Constant = text, IsNumberLiteral = true, IsSafe = true, IsTypeExact = true };

    private static Bound Constant(string sql, TrinoType type, int line) => new(sql, type, line) { IsSafe = true, IsTypeExact = true };

    private static int CodePoints(string text) => text.EnumerateRunes().Count();

    [GeneratedRegex(@"\A(?!0000)\d{4}-\d{1,2}-\d{1,2}\z")]
    private static partial Regex PlainDate();

    [GeneratedRegex(@"\d ?(?!UTC|Z\z)[A-SU-Za-z]|\A\s*[+-]|\d{5,}-")]
    private static partial Regex ZoneName();

    [GeneratedRegex(@"\A[-+]?\d+\z")]
    private static partial Regex IntervalPattern();

    [GeneratedRegex(@"\A[-+]?(\d+(\.\d*)?|\.\d+)\z")]
    private static partial Regex DecimalPattern();
}
