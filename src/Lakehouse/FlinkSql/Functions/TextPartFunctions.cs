using System.Text;
using Recoup.Lakehouse.FlinkSql.Binding;
using Recoup.Lakehouse.FlinkSql.Native;
using Recoup.Lakehouse.FlinkSql.Semantics;
using Recoup.Lakehouse.FlinkSql.Types;

namespace Recoup.Lakehouse.FlinkSql.Functions;

/// <summary>Functions that take a part of a text, or tell where it stands.</summary>
internal static class TextPartFunctions
{
    public static void AddTo(Dictionary<string, Func<CallContext, BoundExpression>> catalog)
    {
        catalog["CHAR_LENGTH"] = BindLength;
        catalog["CHARACTER_LENGTH"] = BindLength;
        catalog["SUBSTRING"] = BindSubstring;
        catalog["SUBSTR"] = BindSubstring;
        catalog["LEFT"] = call => BindEnd(call, (text, length) => length < 0 ? (0, 0) : (0, length));
        catalog["RIGHT"] = call => BindEnd(call, (text, length) => length <= 0 ? (0, 0) : (Math.Max(0, Utf8Text.Count(text) - length), length));
        catalog["POSITION"] = call => BindPosition(call, part: 0, whole: 1);
        catalog["INSTR"] = call => BindPosition(call, part: 1, whole: 0);
        catalog["LOCATE"] = BindLocate;
        catalog["TRIM"] = BindTrim;
        catalog["LTRIM"] = call => BindTrimEnds(call, isLeading: true, isTrailing: false);
        catalog["RTRIM"] = call => BindTrimEnds(call, isLeading: false, isTrailing: true);
        catalog["BTRIM"] = call => BindTrimEnds(call, isLeading: true, isTrailing: true);
        catalog["STARTSWITH"] = call => BindTest(call, (text, part) => text.StartsWith(part));
        catalog["ENDSWITH"] = call => BindTest(call, (text, part) => text.EndsWith(part));
        catalog["SPLIT_INDEX"] = BindSplitIndex;
    }

    private delegate (int Start, int Length) Range(ReadOnlySpan<byte> text, int length);

    private delegate bool PartTest(ReadOnlySpan<byte> text, ReadOnlySpan<byte> part);

    private static BoundExpression BindLength(CallContext call)
    {
        call.ExpectCount(1, 1);
        return call.Kernel(FlinkType.Int, (in Arguments arguments, ref Result result) => result.Int32(Utf8Text.Count(arguments.Bytes(0))), [call.Text(0)], "CHAR_LENGTH");
    }

    private static BoundExpression BindSubstring(CallContext call)
    {
        call.ExpectCount(2, 3);
        return call.Count == 2
            ? call.Kernel(
                FlinkType.String,
                (in Arguments arguments, ref Result result) => Substring(arguments.Bytes(0), arguments.Int32(1), int.MaxValue, ref result),
                [call.Text(0), call.Integer(1)],
                "SUBSTRING")
            : call.Kernel(
                FlinkType.String,
                (in Arguments arguments, ref Result result) => Substring(arguments.Bytes(0), arguments.Int32(1), arguments.Int32(2), ref result),
                [call.Text(0), call.Integer(1), call.Integer(2)],
                "SUBSTRING");
    }

    /// <summary>Counts from 1, from the end when negative; 0 is the first, one before the text is none. A negative length makes NULL.</summary>
    private static void Substring(ReadOnlySpan<byte> text, int start, int length, ref Result result)
    {
        if (length < 0)
        {
            return;
        }

        var first = start > 0 ? start - 1 : start < 0 ? Utf8Text.Count(text) + start : 0;
        result.Bytes(first < 0 ? [] : Utf8Text.Slice(text, first, length));
    }

    private static BoundExpression BindEnd(CallContext call, Range range)
    {
        call.ExpectCount(2, 2);
        return call.Kernel(
            FlinkType.String,
            (in Arguments arguments, ref Result result) =>
            {
                var text = arguments.Bytes(0);
                var (start, length) = range(text, arguments.Int32(1));
                result.Bytes(Utf8Text.Slice(text, start, length));
            },
            [call.Text(0), call.Integer(1)]);
    }

    private static BoundExpression BindPosition(CallContext call, int part, int whole)
    {
        call.ExpectCount(2, 2);
        return call.Kernel(
            FlinkType.Int,
            (in Arguments arguments, ref Result result) => result.Int32(Utf8Text.Find(arguments.Bytes(1), arguments.Bytes(0), 0) + 1),
            [call.Text(part), call.Text(whole)],
            "POSITION");
    }

    private static BoundExpression BindLocate(CallContext call)
    {
        call.ExpectCount(2, 3);
        return call.Count == 2
            ? BindPosition(call, part: 0, whole: 1)
            : call.Kernel(
                FlinkType.Int,
                (in Arguments arguments, ref Result result) =>
                    result.Int32(arguments.Int32(2) <= 0 ? 0 : Utf8Text.Find(arguments.Bytes(1), arguments.Bytes(0), arguments.Int32(2) - 1) + 1),
                [call.Text(0), call.Text(1), call.Integer(2)]);
    }

    private static BoundExpression BindTrim(CallContext call)
    {
        var side = call.Symbol(0);
        return BindTrimmed(call, call.Text(2), call.ConstantText(1, "characters"), side != "TRAILING", side != "LEADING");
    }

    private static BoundExpression BindTrimEnds(CallContext call, bool isLeading, bool isTrailing)
    {
        call.ExpectCount(1, 2);
        return BindTrimmed(call, call.Text(0), call.Count == 2 ? call.ConstantText(1, "characters") : " ", isLeading, isTrailing);
    }

    private static BoundExpression BindTrimmed(CallContext call, BoundExpression text, string characters, bool isLeading, bool isTrailing)
    {
        var set = characters.EnumerateRunes().ToHashSet();
        return call.Kernel(
            FlinkType.String,
            (in Arguments arguments, ref Result result) =>
            {
                var trimmed = arguments.Bytes(0);
                while (isLeading && Rune.DecodeFromUtf8(trimmed, out var first, out var length) == System.Buffers.OperationStatus.Done && set.Contains(first))
                {
                    trimmed = trimmed[length..];
                }

                while (isTrailing && Rune.DecodeLastFromUtf8(trimmed, out var last, out var length) == System.Buffers.OperationStatus.Done && set.Contains(last))
                {
                    trimmed = trimmed[..^length];
                }

                result.Bytes(trimmed);
            },
            [text],
            $"trim {isLeading} {isTrailing} {characters}");
    }

    private static BoundExpression BindTest(CallContext call, PartTest test)
    {
        call.ExpectCount(2, 2);
        return call.Kernel(
            FlinkType.Boolean,
            (in Arguments arguments, ref Result result) => result.Boolean(test(arguments.Bytes(0), arguments.Bytes(1))),
            [call.Text(0), call.Text(1)]);
    }

    private static BoundExpression BindSplitIndex(CallContext call)
    {
        call.ExpectCount(3, 3);
        var separator = call.ConstantText(1, "a separator");
        return separator.Length > 0
            ? call.Kernel(
                FlinkType.String,
                (in Arguments arguments, ref Result result) => WritePart(arguments.Text(0), separator, arguments.Int32(1), ref result),
                [call.Text(0), call.Integer(2)],
                $"SPLIT_INDEX {separator}")
            : throw call.Refuse("SPLIT_INDEX with an empty separator splits at blanks", "Name the separator");
    }

    private static void WritePart(string text, string separator, int index, ref Result result)
    {
        var parts = text.Length == 0 ? [] : text.Split(separator);
        if (index >= 0 && index < parts.Length)
        {
            result.Text(parts[index]);
        }
    }
}
