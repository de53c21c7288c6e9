using System.Globalization;
using System.Text.RegularExpressions;
using Recoup.Lakehouse.FlinkSql.Syntax;
using Recoup.Lakehouse.FlinkSql.Types;

namespace Recoup.Lakehouse.FlinkSql.Binding;

/// <summary>Intervals are integers: months, or milliseconds.</summary>
internal static partial class Intervals
{
    public static BoundExpression Bind(IntervalLiteral literal)
    {
        var sign = literal.IsNegative ? -1 : 1;
        if (literal.From is "YEAR" or "MONTH" or "QUARTER")
        {
            var months = sign * Months(literal);
            return new BoundExpression($"CAST({months} AS INTEGER)", FlinkType.IntervalMonths, (long)months);
        }

        var milliseconds = sign * Milliseconds(literal);
        return new BoundExpression($"CAST({milliseconds.ToString(CultureInfo.InvariantCulture)} AS BIGINT)", FlinkType.IntervalMilliseconds, milliseconds);
    }

    public static long UnitMilliseconds(string unit) => unit switch
    {
        "WEEK" => 7 * 86_400_000L,
        "DAY" => 86_400_000L,
        "HOUR" => 3_600_000L,
        "MINUTE" => 60_000L,
        "SECOND" => 1_000L,
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "not a unit of fixed length"),
    };

    private static int Months(IntervalLiteral literal)
    {
        if (literal is { From: "YEAR", To: "MONTH" })
        {
            var range = YearToMonth().Match(literal.Text);
            return range.Success ? (Whole(range, 1) * 12) + Whole(range, 2) : throw Unreadable(literal, "INTERVAL '1-2' YEAR TO MONTH");
        }

        if (literal.To is not null || !WholeNumber().IsMatch(literal.Text))
        {
            throw Unreadable(literal, "INTERVAL '1' YEAR");
        }

        return int.Parse(literal.Text, CultureInfo.InvariantCulture) * (literal.From == "YEAR" ? 12 : literal.From == "QUARTER" ? 3 : 1);
    }

    private static long Milliseconds(IntervalLiteral literal) => (literal.From, literal.To) switch
    {
        ("SECOND", null) when Seconds().Match(literal.Text) is { Success: true } match => (Whole(match, 1) * 1_000L) + Fraction(match, 2),
        ("WEEK" or "DAY" or "HOUR" or "MINUTE", null) when WholeNumber().IsMatch(literal.Text) =>
            long.Parse(literal.Text, CultureInfo.InvariantCulture) * UnitMilliseconds(literal.From),
        ("HOUR", "MINUTE") when HourToMinute().Match(literal.Text) is { Success: true } match => (Whole(match, 1) * 3_600_000L) + (Whole(match, 2) * 60_000L),
        ("DAY", "SECOND") when DayToSecond().Match(literal.Text) is { Success: true } match =>
            (Whole(match, 1) * 86_400_000L) + (Whole(match, 2) * 3_600_000L) + (Whole(match, 3) * 60_000L) + (Whole(match, 4) * 1_000L) + Fraction(match, 5),
        _ => throw Unreadable(literal, "INTERVAL '5' SECOND, '10:30' HOUR TO MINUTE or '1 02:03:04.567' DAY TO SECOND"),
    };

    private static int Whole(Match match, int group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private static long Fraction(Match match, int group) =>
        match.Groups[group].Success ? long.Parse(match.Groups[group].Value.PadRight(3, '0'), CultureInfo.InvariantCulture) : 0;

    private static FlinkSqlException Unreadable(IntervalLiteral literal, string example) =>
        new(literal.At, $"the interval '{literal.Text}' is not in the shared subset", $"Write {example}");

    [GeneratedRegex("^[0-9]{1,6}$")]
    private static partial Regex WholeNumber();

    [GeneratedRegex("^([0-9]{1,4})-([0-9]|1[01])$")]
    private static partial Regex YearToMonth();

    [GeneratedRegex(@"^([0-9]{1,6})(?:\.([0-9]{1,3}))?$")]
    private static partial Regex Seconds();

    [GeneratedRegex("^([0-9]{1,4}):([0-5]?[0-9])$")]
    private static partial Regex HourToMinute();

    [GeneratedRegex(@"^([0-9]{1,4}) ([01]?[0-9]|2[0-3]):([0-5]?[0-9]):([0-5]?[0-9])(?:\.([0-9]{1,3}))?$")]
    private static partial Regex DayToSecond();
}
