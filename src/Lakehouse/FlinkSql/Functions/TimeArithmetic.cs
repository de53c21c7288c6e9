using Recoup.Lakehouse.FlinkSql.Binding;
using Recoup.Lakehouse.FlinkSql.Native;
using Recoup.Lakehouse.FlinkSql.Semantics;
using Recoup.Lakehouse.FlinkSql.Syntax;
using Recoup.Lakehouse.FlinkSql.Types;

namespace Recoup.Lakehouse.FlinkSql.Functions;

/// <summary>Times and intervals in arithmetic: milliseconds are added, months keep the day or take the month's last one.</summary>
internal static class TimeArithmetic
{
    public static BoundExpression Bind(BindingContext binding, string name, BoundExpression left, BoundExpression right, SourcePosition at) =>
        (left.Type, name, right.Type) switch
        {
            ({ IsTimestamp: true }, "+" or "-", { IsInterval: true }) => Add(binding, left, right, name == "-"),
            ({ IsInterval: true }, "+", { IsTimestamp: true }) => Add(binding, right, left, isNegative: false),
            ({ Kind: TypeKind.Date }, "+" or "-", { IsInterval: true }) => AddToDate(binding, left, right, name == "-"),
            ({ IsInteger: true }, "*", { Kind: TypeKind.IntervalMilliseconds }) => Scale(binding, right, left),
            ({ Kind: TypeKind.IntervalMilliseconds }, "*", { IsInteger: true }) => Scale(binding, left, right),
            _ => throw new FlinkSqlException(at, $"{left.Type} {name} {right.Type} is not in the shared subset", "Cast one side, or use TIMESTAMPADD"),
        };

    public static BoundExpression Add(BindingContext binding, BoundExpression time, BoundExpression interval, bool isNegative)
    {
        var isMonths = interval.Type.Kind == TypeKind.IntervalMonths;
        var sign = isNegative ? -1 : 1;
        RowFunction body = isMonths
            ? (in Arguments arguments, ref Result result) => result.Int64(AddMonths(arguments.Int64(0), sign * arguments.Int32(1)))
            : (in Arguments arguments, ref Result result) => result.Int64(arguments.Int64(0) + (sign * arguments.Int64(1) * 1_000));
        return binding.Call($"time {sign} {isMonths}", time.Type, body, [time, interval]);
    }

    public static long AddMonths(long microseconds, int months)
    {
        var days = Math.DivRem(microseconds, TimeText.MicrosecondsPerDay, out var rest);
        if (rest < 0)
        {
            days--;
            rest += TimeText.MicrosecondsPerDay;
        }

        return (AddMonthsToDays(days, months) * TimeText.MicrosecondsPerDay) + rest;
    }

    private static BoundExpression AddToDate(BindingContext binding, BoundExpression date, BoundExpression interval, bool isNegative)
    {
        var isMonths = interval.Type.Kind == TypeKind.IntervalMonths;
        var sign = isNegative ? -1 : 1;
        RowFunction body = isMonths
            ? (in Arguments arguments, ref Result result) => result.Int32((int)AddMonthsToDays(arguments.Int32(0), sign * arguments.Int32(1)))
            : (in Arguments arguments, ref Result result) => result.Int32((int)(arguments.Int32(0) + (sign * arguments.Int64(1) / 86_400_000)));
        return binding.Call($"date {sign} {isMonths}", date.Type, body, [date, interval]);
    }

    private static long AddMonthsToDays(long days, int months)
    {
        var (year, month, day) = CivilDate.FromDays(days);
        var total = (year * 12L) + (month - 1) + months;
        var newYear = (int)Math.Floor(total / 12.0);
        var newMonth = (int)(total - (newYear * 12L)) + 1;
        return CivilDate.ToDays(newYear, newMonth, Math.Min(day, CivilDate.LengthOfMonth(newYear, newMonth)));
    }

    private static BoundExpression Scale(BindingContext binding, BoundExpression interval, BoundExpression factor)
    {
        var type = factor.Type;
        return binding.Call(
            "interval *",
            FlinkType.IntervalMilliseconds,
            (in Arguments arguments, ref Result result) => result.Int64(unchecked(arguments.Int64(0) * (long)ExactNumbers.Read(arguments, 1, type))),
            [interval, factor]);
    }
}
