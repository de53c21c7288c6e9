using System.Text;
using Recoup.Lakehouse.FlinkSql.Binding;
using Recoup.Lakehouse.FlinkSql.Native;
using Recoup.Lakehouse.FlinkSql.Semantics;
using Recoup.Lakehouse.FlinkSql.Types;

namespace Recoup.Lakehouse.FlinkSql.Functions;

/// <summary>Functions that make a text of texts.</summary>
internal static class TextFunctions
{
    public static void AddTo(Dictionary<string, Func<CallContext, BoundExpression>> catalog)
    {
        catalog["UPPER"] = call => Map(call, JavaCase.ToUpper);
        catalog["LOWER"] = call => Map(call, JavaCase.ToLower);
        catalog["REVERSE"] = call => Map(call, Reverse);
        catalog["CONCAT"] = BindConcat;
        catalog["CONCAT_WS"] = BindConcatWithSeparator;
        catalog["REPLACE"] = BindReplace;
        catalog["REPEAT"] = BindRepeat;
        catalog["LPAD"] = call => BindPad(call, isLeft: true);
        catalog["RPAD"] = call => BindPad(call, isLeft: false);
        catalog["CHR"] = BindCharacter;
    }

    private static BoundExpression Map(CallContext call, Func<string, string> map)
    {
        call.ExpectCount(1, 1);
        return call.Kernel(FlinkType.String, (in Arguments arguments, ref Result result) => result.Text(map(arguments.Text(0))), [call.Text(0)]);
    }

    private static string Reverse(string text)
    {
        var runes = text.EnumerateRunes().ToArray();
        Array.Reverse(runes);
        return string.Concat(runes);
    }

    private static BoundExpression BindConcat(CallContext call)
    {
        call.ExpectCount(1, 250);
        var texts = Enumerable.Range(0, call.Count).Select(call.Text).ToList();
        return new BoundExpression(
            texts.Count == 1 ? texts[0].Sql : $"({string.Join(" || ", texts.Select(text => text.Sql))})", FlinkType.String, CanFail: texts.Any(text => text.CanFail));
    }

    /// <summary>NULL among the parts is left out, a separator of NULL makes all NULL: as DuckDB does.</summary>
    private static BoundExpression BindConcatWithSeparator(CallContext call)
    {
        call.ExpectCount(2, 250);
        var texts = Enumerable.Range(0, call.Count).Select(call.Text).ToList();
        return new BoundExpression(
            $"concat_ws({string.Join(", ", texts.Select(text => text.Sql))})", FlinkType.String, CanFail: texts.Any(text => text.CanFail));
    }

    private static BoundExpression BindReplace(CallContext call)
    {
        call.ExpectCount(3, 3);
        return call.Kernel(FlinkType.String, Replace, [call.Text(0), call.Text(1), call.Text(2)]);
    }

    private static void Replace(in Arguments arguments, ref Result result)
    {
        var text = arguments.Bytes(0);
        var old = arguments.Bytes(1);
        if (old.IsEmpty)
        {
            // Java puts the new text before every UTF-16 unit and at the end.
            var added = arguments.Text(2);
            result.Text(added + string.Concat(arguments.Text(0).Select(letter => letter + added)));
        }
        else if (text.IndexOf(old) < 0)
        {
            result.Bytes(text);
        }
        else
        {
            result.Text(arguments.Text(0).Replace(arguments.Text(1), arguments.Text(2), StringComparison.Ordinal));
        }
    }

    private static BoundExpression BindRepeat(CallContext call)
    {
        call.ExpectCount(2, 2);
        return call.Kernel(
            FlinkType.String,
            (in Arguments arguments, ref Result result) => result.Text(string.Concat(Enumerable.Repeat(arguments.Text(0), Math.Max(0, arguments.Int32(1))))),
            [call.Text(0), call.Integer(1)]);
    }

    private static BoundExpression BindPad(CallContext call, bool isLeft)
    {
        call.ExpectCount(3, 3);
        return call.Kernel(
            FlinkType.String,
            (in Arguments arguments, ref Result result) =>
            {
                var length = arguments.Int32(1);
                var filler = arguments.Text(2);
                if (length >= 0 && filler.Length > 0)
                {
                    result.Text(Pad(arguments.Text(0), length, filler, isLeft));
                }
            },
            [call.Text(0), call.Integer(1), call.Text(2)]);
    }

    /// <summary>Counts UTF-16 units, as Flink does: half a character becomes <c>?</c>.</summary>
    private static string Pad(string text, int length, string filler, bool isLeft)
    {
        if (text.Length >= length)
        {
            return text[..length];
        }

        var padding = new StringBuilder();
        while (padding.Length < length - text.Length)
        {
            padding.Append(filler);
        }

        padding.Length = length - text.Length;
        return isLeft ? padding.Append(text).ToString() : padding.Insert(0, text).ToString();
    }

    private static BoundExpression BindCharacter(CallContext call)
    {
        call.ExpectCount(1, 1);
        return call[0].Constant is long code and > 0 and < 128
            ? Literals.Text(((char)code).ToString()) with { Constant = null }
            : throw call.Refuse("CHR is read with an ASCII code known before the job starts", "Write the character");
    }
}
