using Recoup.Lakehouse.FlinkSql.Binding;
using Recoup.Lakehouse.FlinkSql.Native;
using Recoup.Lakehouse.FlinkSql.Semantics;
using Recoup.Lakehouse.FlinkSql.Types;

namespace Recoup.Lakehouse.FlinkSql.Functions;

/// <summary>Functions of time. The current time is the batch's: one instant for all its rows.</summary>
internal static class TimeFunctions
{
    public static void AddTo(Dictionary<string, Func<CallContext, BoundExpression>> catalog)
    {
        catalog["CURRENT_TIMESTAMP"] = call => BindNow(call, FlinkType.TimestampLtz(3));
        catalog["NOW"] = catalog["CURRENT_TIMESTAMP"];
        catalog["CURRENT_ROW_TIMESTAMP"] = catalog["CURRENT_TIMESTAMP"];
        catalog["PROCTIME"] = catalog["CURRENT_TIMESTAMP"];
        catalog["LOCALTIMESTAMP"] = call => BindNow(call, FlinkType.Timestamp(3));
        catalog["EXTRACT"] = call => BindExtract(call, call.Symbol(0), 1);
        foreach (var (name, unit) in ((string, string)[])[("YEAR", "YEAR"), ("QUARTER", "QUARTER"), ("MONTH", "MONTH"), ("WEEK", "WEEK"),
            ("DAYOFYEAR", "DOY"), ("DAYOFMONTH", "DAY"), ("DAYOFWEEK", "DOW"), ("HOUR", "HOUR"), ("MINUTE", "MINUTE"), ("SECOND", "SECOND")])
        {
            catalog[name] = call => BindExtract(call, unit, 0);
        }

        catalog["FLOOR_TO"] = BindFloor;
        catalog["TIMESTAMPADD"] = BindAdd;
        catalog["TO_TIMESTAMP"] = call => BindRead(call, FlinkType.Timestamp(3), isTry: true);
        catalog["TO_TIMESTAMP_LTZ"] = BindInstant;
        catalog["DATE_FORMAT"] = BindFormat;
    }

    private static BoundExpression BindNow(CallContext call, FlinkType type)
    {
        call.ExpectCount(0, 0);
        var clock = call.Binding.Clock;
        return call.Binding.Call("now", type, (in Arguments _, ref Result result) => result.Int64(TimeText.Truncate(clock.Microseconds, 3)), [], isVolatile: true);
    }

    private static BoundExpression BindExtract(CallContext call, string unit, int index)
    {
        call.ExpectCount(index + 1, index + 1);
        if (unit is "MILLISECOND" or "MICROSECOND" or "NANOSECOND")
        {
            throw call.Refuse($"EXTRACT({unit} ...) is not in the shared subset", "Use DATE_FORMAT or SECOND");
        }

        var type = call[index].Type;
        RowFunction body = type.Kind switch
        {
            TypeKind.Timestamp => (in Arguments arguments, ref Result result) => result.Int64(Calendar.Extract(unit, arguments.Int64(0))),
            TypeKind.Date when unit is not ("HOUR" or "MINUTE" or "SECOND" or "EPOCH") =>
                (in Arguments arguments, ref Result result) => result.Int64(Calendar.ExtractFromDay(unit, arguments.Int32(0))),
            TypeKind.TimestampLtz when unit is "YEAR" or "QUARTER" or "MONTH" or "DAY" =>
                (in Arguments arguments, ref Result result) => result.Int64(Calendar.Extract(unit, arguments.Int64(0))),
            _ => throw call.Refuse($"EXTRACT({unit} FROM {type}) is not in the shared subset", "Take it from a TIMESTAMP"),
        };
        return call.Kernel(FlinkType.BigInt, body, [call[index]], $"extract {unit}");
    }

    private static BoundExpression BindFloor(CallContext call)
    {
        var unit = call.Symbol(1);
        if (!call[0].Type.IsTimestamp || unit is not ("DAY" or "HOUR" or "MINUTE" or "SECOND"))
        {
            // To months and years Flink is wrong before 1970, and by the Julian calendar before 1582.
            throw call.Refuse($"FLOOR({call[0].Type} TO {unit}) is not in the shared subset", "Floor a TIMESTAMP to DAY, HOUR, MINUTE or SECOND");
        }

        return call.Kernel(
            call[0].Type, (in Arguments arguments, ref Result result) => result.Int64(Calendar.Floor(unit, arguments.Int64(0))), [call[0]], $"floor {unit}");
    }

    private static BoundExpression BindAdd(CallContext call)
    {
        call.ExpectCount(3, 3);
        var unit = call.Symbol(0);
        if (!call[2].Type.IsTimestamp || unit is not ("YEAR" or "QUARTER" or "MONTH" or "WEEK" or "DAY" or "HOUR" or "MINUTE" or "SECOND"))
        {
            throw call.Refuse($"TIMESTAMPADD({unit}, ..., {call[2].Type}) is not in the shared subset", "Add to a TIMESTAMP, in units from SECOND to YEAR");
        }

        var months = unit switch { "YEAR" => 12, "QUARTER" => 3, "MONTH" => 1, _ => 0 };
        var microseconds = months > 0 ? 0 : Intervals.UnitMilliseconds(unit) * 1_000;
        return call.Kernel(
            call[2].Type,
            (in Arguments arguments, ref Result result) => result.Int64(months > 0
                ? TimeArithmetic.AddMonths(arguments.Int64(1), arguments.Int32(0) * months)
                : arguments.Int64(1) + (arguments.Int32(0) * microseconds)),
            [call.Integer(1), call[2]],
            $"timestampadd {unit}");
    }

    private static BoundExpression BindRead(CallContext call, FlinkType type, bool isTry)
    {
        if (call.Count != 1)
        {
            throw call.Refuse($"{call.Name} with a format is read by Flink with rules of its own for what does not match", "Guard the text by REGEXP, bring it to 'yyyy-MM-dd HH:mm:ss' and cast");
        }

        return TextCasts.From(call.Binding, call.Text(0), type, isTry, call.At);
    }

    private static BoundExpression BindInstant(CallContext call)
    {
        if (call.Count > 0 && call[0].Type.IsText)
        {
            return BindRead(call, FlinkType.TimestampLtz(3), isTry: false);
        }

        call.ExpectCount(1, 2);
        var digits = call.Count == 1 ? 3 : call[1].Constant as long?;
        if (call[0].Type.Kind != TypeKind.BigInt || digits is not (0 or 3))
        {
            throw call.Refuse("TO_TIMESTAMP_LTZ is read with a BIGINT and 0 (seconds) or 3 (milliseconds): Flink 2.1 and 2.3 differ on others", "Cast, and write 0 or 3");
        }

        var unit = digits == 0 ? 1_000_000L : 1_000L;
        return call.Kernel(
            FlinkType.TimestampLtz(3),
            (in Arguments arguments, ref Result result) =>
            {
                var value = arguments.Int64(0);
                if (Calendar.IsInstant(value, unit))
                {
                    result.Int64(value * unit);
                }
            },
            [call[0]],
            $"instant {digits}");
    }

    private static BoundExpression BindFormat(CallContext call)
    {
        call.ExpectCount(2, 2);
        var type = call[0].Type;
        var format = DateFormat.Compile(call.ConstantText(1, "a format"))
            ?? throw call.Refuse($"the format '{call[1].ConstantText}' is not in the shared subset", "Use yyyy, MM, dd, HH, mm, ss, S and quoted text");
        return type.IsTimestamp
            ? call.Kernel(FlinkType.String, (in Arguments arguments, ref Result result) => result.Text(format(arguments.Int64(0))), [call[0]], $"date_format {call[1].ConstantText}")
            : throw call.Mistyped(0, "a TIMESTAMP");
    }
}
