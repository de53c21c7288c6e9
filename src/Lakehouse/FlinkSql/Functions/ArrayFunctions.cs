using System.Text;
using Recoup.Lakehouse.FlinkSql.Binding;
using Recoup.Lakehouse.FlinkSql.Native;
using Recoup.Lakehouse.FlinkSql.Types;

namespace Recoup.Lakehouse.FlinkSql.Functions;

/// <summary>Functions of arrays of texts.</summary>
internal static class ArrayFunctions
{
    public static void AddTo(Dictionary<string, Func<CallContext, BoundExpression>> catalog)
    {
        catalog["CARDINALITY"] = call =>
        {
            call.ExpectCount(1, 1);
            return call.Kernel(FlinkType.Int, (in Arguments arguments, ref Result result) => result.Int32(arguments.Count(0)), [Array(call, 0)]);
        };
        catalog["ARRAY_CONTAINS"] = BindContains;
        catalog["ARRAY_POSITION"] = call => BindFind(call, FlinkType.Int, (in Arguments arguments, ref Result result) => result.Int32(Find(arguments)));
        catalog["ARRAY_JOIN"] = BindJoin;
    }

    private static BoundExpression Array(CallContext call, int index)
    {
        var argument = call[index];
        return argument.Type.Kind == TypeKind.Array && argument.Type.Element!.IsText
            ? argument with { Type = FlinkType.TextArray }
            : throw call.Mistyped(index, "an ARRAY<STRING>");
    }

    /// <summary>A NULL is found among NULLs.</summary>
    private static BoundExpression BindContains(CallContext call)
    {
        call.ExpectCount(2, 2);
        return call.Kernel(
            FlinkType.Boolean,
            (in Arguments arguments, ref Result result) =>
            {
                if (!arguments.IsNull(0))
                {
                    result.Boolean(arguments.IsNull(1) ? HasNull(arguments) : Find(arguments) > 0);
                }
            },
            [Array(call, 0), call.Text(1)],
            seesNull: true);
    }

    private static bool HasNull(in Arguments arguments)
    {
        for (var index = 0; index < arguments.Count(0); index++)
        {
            if (arguments.IsElementNull(0, index))
            {
                return true;
            }
        }

        return false;
    }

    private static BoundExpression BindFind(CallContext call, FlinkType type, RowFunction body)
    {
        call.ExpectCount(2, 2);
        return call.Kernel(type, body, [Array(call, 0), call.Text(1)]);
    }

    /// <summary>Where the text stands, counted from 1; 0 when nowhere.</summary>
    private static int Find(in Arguments arguments)
    {
        var wanted = arguments.Bytes(1);
        var count = arguments.Count(0);
        for (var index = 0; index < count; index++)
        {
            if (!arguments.IsElementNull(0, index) && arguments.ElementBytes(0, index).SequenceEqual(wanted))
            {
                return index + 1;
            }
        }

        return 0;
    }

    private static BoundExpression BindJoin(CallContext call)
    {
        call.ExpectCount(2, 3);
        var replacement = call.Count == 3 ? call.ConstantText(2, "a replacement for NULL") : null;
        return call.Kernel(
            FlinkType.String,
            (in Arguments arguments, ref Result result) =>
            {
                var parts = new List<string>();
                for (var index = 0; index < arguments.Count(0); index++)
                {
                    var part = arguments.IsElementNull(0, index) ? replacement : Encoding.UTF8.GetString(arguments.ElementBytes(0, index));
                    if (part is not null)
                    {
                        parts.Add(part);
                    }
                }

                result.Text(string.Join(arguments.Text(1), parts));
            },
            [Array(call, 0), call.Text(1)],
            $"ARRAY_JOIN {replacement}");
    }
}
