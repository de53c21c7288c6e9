using Recoup.Lakehouse.Dbt.Dialect.Syntax;
using Recoup.Lakehouse.Dbt.Dialect.Types;

namespace Recoup.Lakehouse.Dbt.Dialect.Binding;

/// <summary>Dates, timestamps and intervals under operators, EXTRACT and AT TIME ZONE.</summary>
internal sealed partial class ExpressionBinder
{
    private static bool IsTimeOrInterval(TrinoType type) => type.Kind is TypeKind.Date || type.IsTimestamp || type.IsInterval;

    private Bound BindTimeArithmetic(string symbol, Bound left, Bound right, int line)
    {
        if (symbol == "+" && left.Type.IsInterval && !right.Type.IsInterval)
        {
            (left, right) = (right, left);
        }

        if (symbol is "+" or "-" && !left.Type.IsInterval && IsTimeOrInterval(left.Type) && right.Type.IsInterval)
        {
            return left.Type.Kind is TypeKind.Date ? AddToDate(symbol, left, right, line) : AddToTimestamp(symbol, left, right, line);
        }

        if (symbol == "*" && (left.Type.IsInteger && right.Type.IsInterval || left.Type.IsInterval && right.Type.IsInteger))
        {
            var interval = left.Type.IsInterval ? left : right;
            return interval with { Sql = $"({left.Sql} * {right.Sql})", Line = line };
        }

        throw symbol == "-" && TypeRules.Common(left.Type, right.Type) is not null
            ? context.Refuse("L08", line, "the difference of two times is an interval, which the engines print differently", "Use date_diff('second', a, b)")
            : Mismatch(line, $"'{symbol}'", left.Type, right.Type);
    }

    private Bound AddToDate(string symbol, Bound date, Bound interval, int line) =>
        interval.Constant is "DAY" or "MONTH" or "YEAR"
            ? Plain($"CAST({date.Sql} {symbol} {interval.Sql} AS DATE)", TrinoType.Date, line)
            : throw context.Refuse("L08", line, "hours, minutes and seconds cannot be added to a date in Trino", "CAST the date to timestamp(6)");

    private static Bound AddToTimestamp(string symbol, Bound time, Bound interval, int line) =>
        Plain($"({time.Sql} {symbol} {interval.Sql})", interval.Type.Kind is TypeKind.IntervalYear ? time.Type : time.Type with { Precision = Math.Max(3, time.Type.Precision) }, line);

    private Bound BindExtract(ExtractExpression extract)
    {
        var name = extract.Field switch
        {
            "YEAR" or "QUARTER" or "MONTH" or "WEEK" or "DAY" or "HOUR" or "MINUTE" or "SECOND" or "DAY_OF_WEEK" or "DOW" or "DAY_OF_YEAR" or "DOY" or "YEAR_OF_WEEK" or "YOW" or "DAY_OF_MONTH" =>
                extract.Field.ToLowerInvariant(),
            _ => throw context.Refuse("L15", extract.Line, $"EXTRACT({extract.Field}) is not in Trino, or depends on a zone", "Use YEAR, QUARTER, MONTH, WEEK, DAY, HOUR, MINUTE, SECOND, DOW, DOY or YOW"),
        };
        return BindCall(new CallExpression(name, [extract.Operand], extract.Line));
    }

    /// <summary>Trino keeps the zone with the value, so that only UTC leaves all that is done with it the same.</summary>
    private Bound BindAtTimeZone(Bound time, Bound zone, int line)
    {
        if (zone.Constant is not "UTC")
        {
            throw context.Refuse("L09", line, "a zone other than UTC would be kept in Trino's value, and DuckDB keeps instants only", "Convert to 'UTC' only");
        }

        if (!time.Type.IsTimestamp)
        {
            throw time.Type.Kind is TypeKind.Opaque ? context.TypeNotKnown(line, "AT TIME ZONE") : Mismatch(line, "AT TIME ZONE", time.Type, zone.Type);
        }

        // The text's own offset does not matter here, as at_timezone(..., 'UTC') takes it off; within another call it would.
        return Coercion.To(time with { Sql = time.AnyOffsetSql ?? time.Sql, AnyOffsetSql = null }, TrinoType.TimestampTz(time.Type.Precision));
    }
}
