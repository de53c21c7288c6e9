using Recoup.Lakehouse.FlinkSql.Binding;
using Recoup.Lakehouse.FlinkSql.Native;
using Recoup.Lakehouse.FlinkSql.Patterns;
using Recoup.Lakehouse.FlinkSql.Types;

namespace Recoup.Lakehouse.FlinkSql.Functions;

/// <summary>Functions of regular expressions. A pattern that Java refuses finds nothing, as in Flink.</summary>
internal static class RegexFunctions
{
    public static void AddTo(Dictionary<string, Func<CallContext, BoundExpression>> catalog)
    {
        catalog["REGEXP"] = BindFind;
        catalog["REGEXP_EXTRACT"] = BindExtract;
        catalog["REGEXP_REPLACE"] = BindReplace;
        catalog["REGEXP_COUNT"] = BindCount;
        catalog["REGEXP_SUBSTR"] = BindSubstring;
    }

    private static JavaMatcher? Matcher(CallContext call) => JavaMatcher.Compile(call.ConstantText(1, "a pattern"), call.At);

    private static string Key(CallContext call) => $"{call.Name} {call[1].ConstantText}";

    private static BoundExpression BindFind(CallContext call)
    {
        call.ExpectCount(2, 2);
        var matcher = Matcher(call);
        // Flink finds nothing by an empty pattern either.
        var isPattern = matcher is not null && call[1].ConstantText!.Length > 0;
        return call.Kernel(
            FlinkType.Boolean,
            (in Arguments arguments, ref Result result) => result.Boolean(isPattern && matcher!.IsFound(arguments.Bytes(0))),
            [call.Text(0)],
            Key(call));
    }

    private static BoundExpression BindExtract(CallContext call)
    {
        call.ExpectCount(2, 3);
        var matcher = Matcher(call);
        var group = 0L;
        if (call.Count == 3)
        {
            group = call[2].Constant is long number ? number : throw call.Refuse("REGEXP_EXTRACT needs a group that is known before the job starts", "Write its number");
        }

        return call.Kernel(
            FlinkType.String,
            (in Arguments arguments, ref Result result) =>
            {
                if (matcher is null || group < 0 || group > matcher.Groups || !matcher.IsFound(arguments.Bytes(0)))
                {
                    return;
                }

                var found = matcher.Match(arguments.Bytes(0)).Groups[(int)group];
                if (found.Success)
                {
                    result.Text(found.ValueSpan);
                }
            },
            [call.Text(0)],
            $"{Key(call)} {group}");
    }

    private static BoundExpression BindReplace(CallContext call)
    {
        call.ExpectCount(3, 3);
        var matcher = Matcher(call);
        var replacement = call.ConstantText(2, "a replacement");
        return call.Kernel(
            FlinkType.String,
            (in Arguments arguments, ref Result result) =>
            {
                if (matcher is null)
                {
                    return;
                }

                var text = arguments.Bytes(0);
                if (matcher.IsFound(text))
                {
                    result.Text(matcher.Replace(text, replacement));
                }
                else
                {
                    result.Bytes(text);
                }
            },
            [call.Text(0)],
            $"{Key(call)} {replacement}");
    }

    private static BoundExpression BindCount(CallContext call)
    {
        call.ExpectCount(2, 2);
        var matcher = Matcher(call) ?? throw BadPattern(call);
        return call.Kernel(
            FlinkType.Int,
            (in Arguments arguments, ref Result result) => result.Int32(matcher.Matches(arguments.Bytes(0)).Count()),
            [call.Text(0)],
            Key(call));
    }

    private static BoundExpression BindSubstring(CallContext call)
    {
        call.ExpectCount(2, 2);
        var matcher = Matcher(call) ?? throw BadPattern(call);
        return call.Kernel(
            FlinkType.String,
            (in Arguments arguments, ref Result result) =>
            {
                var found = matcher.Match(arguments.Bytes(0));
                if (found.Success)
                {
                    result.Text(found.ValueSpan);
                }
            },
            [call.Text(0)],
            Key(call));
    }

    private static Syntax.FlinkSqlException BadPattern(CallContext call) =>
        call.Refuse($"'{call[1].ConstantText}' is no pattern to Java", "Correct it");
}
