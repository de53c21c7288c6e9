using System.Globalization;
using System.Text;
using Recoup.Lakehouse.FlinkSql.Binding;
using Recoup.Lakehouse.FlinkSql.Native;
using Recoup.Lakehouse.FlinkSql.Semantics;
using Recoup.Lakehouse.FlinkSql.Syntax;
using Recoup.Lakehouse.FlinkSql.Types;

namespace Recoup.Lakehouse.FlinkSql.Functions;

/// <summary>Casts from and to text.</summary>
internal static class TextCasts
{
    private delegate bool Reader(ReadOnlySpan<byte> text, ref Result result);

    public static BoundExpression From(BindingContext binding, BoundExpression operand, FlinkType target, bool isTry, SourcePosition at)
    {
        if (target.IsBinary)
        {
            return target is { Kind: TypeKind.Bytes, Precision: FlinkType.Unbounded }
                ? new BoundExpression($"encode({operand.Sql})", target, CanFail: operand.CanFail)
                : throw Casts.Refuse(operand.Type, target, at);
        }

        var reader = FindReader(target) ?? throw Casts.Refuse(operand.Type, target, at);
        return binding.Call(
            $"read {isTry}",
            target,
            (in Arguments arguments, ref Result result) =>
            {
                if (!reader(arguments.Bytes(0), ref result) && !isTry)
                {
                    throw new FlinkValueException($"a text is no {target}");
                }
            },
            [operand],
            canFail: !isTry);
    }

    public static BoundExpression To(BindingContext binding, BoundExpression operand, FlinkType target, SourcePosition at)
    {
        var text = operand.Type.IsText ? operand : Write(binding, operand, at);
        if (target is { Kind: TypeKind.Varchar, Precision: FlinkType.Unbounded })
        {
            return text with { Type = target };
        }

        var isPadded = target.Kind == TypeKind.Char;
        return binding.Call(
            $"cut {isPadded}", target, (in Arguments arguments, ref Result result) => Cut(arguments.Text(0), target.Precision, isPadded, ref result), [text]);
    }

    /// <summary>CHAR and VARCHAR count code points; CHAR is filled up with blanks.</summary>
    private static void Cut(string text, int length, bool isPadded, ref Result result)
    {
        var end = 0;
        var count = 0;
        while (end < text.Length && count < length)
        {
            end += char.IsHighSurrogate(text[end]) && end + 1 < text.Length ? 2 : 1;
            count++;
        }

        result.Text(isPadded ? text[..end] + new string(' ', length - count) : text.AsSpan(0, end));
    }

    private static Reader? FindReader(FlinkType target) => target.Kind switch
    {
        TypeKind.Boolean => ReadBoolean,
        TypeKind.TinyInt => (text, ref result) => ReadInteger(text, sbyte.MinValue, sbyte.MaxValue, target, ref result),
        TypeKind.SmallInt => (text, ref result) => ReadInteger(text, short.MinValue, short.MaxValue, target, ref result),
        TypeKind.Int => (text, ref result) => ReadInteger(text, int.MinValue, int.MaxValue, target, ref result),
        TypeKind.BigInt => (text, ref result) => ReadInteger(text, long.MinValue, long.MaxValue, target, ref result),
        TypeKind.Decimal => (text, ref result) => ReadDecimal(text, target, ref result),
        TypeKind.Double => ReadDouble,
        TypeKind.Float => ReadFloat,
        TypeKind.Date => ReadDate,
        TypeKind.Timestamp or TypeKind.TimestampLtz => (text, ref result) => ReadTimestamp(text, target, ref result),
        _ => null,
    };

    private static bool ReadBoolean(ReadOnlySpan<byte> text, ref Result result)
    {
        switch (Encoding.UTF8.GetString(text).ToLowerInvariant())
        {
            case "t" or "true" or "y" or "yes" or "1":
                result.Boolean(true);
                return true;
            case "f" or "false" or "n" or "no" or "0":
                result.Boolean(false);
                return true;
            default:
                return false;
        }
    }

    private static bool ReadInteger(ReadOnlySpan<byte> text, long least, long most, FlinkType target, ref Result result)
    {
        var isRead = JavaNumbers.TryParseInteger(text, least, most, out var value);
        if (isRead)
        {
            ExactNumbers.Write(ref result, value, target);
        }

        return isRead;
    }

    private static bool ReadDecimal(ReadOnlySpan<byte> text, FlinkType target, ref Result result)
    {
        var isRead = FlinkDecimal.TryParse(text, target.Precision, target.Scale, out var value);
        if (isRead)
        {
            ExactNumbers.Write(ref result, value, target);
        }

        return isRead;
    }

    private static bool ReadDouble(ReadOnlySpan<byte> text, ref Result result)
    {
        var isRead = JavaNumbers.TryParsePlainDouble(text, out var value) || JavaNumbers.TryParseDouble(Encoding.UTF8.GetString(text), out value);
        if (isRead)
        {
            result.Double(value);
        }

        return isRead;
    }

    private static bool ReadFloat(ReadOnlySpan<byte> text, ref Result result)
    {
        var isRead = JavaNumbers.TryParseFloat(Encoding.UTF8.GetString(text), out var value);
        if (isRead)
        {
            result.Float(value);
        }

        return isRead;
    }

    private static bool ReadDate(ReadOnlySpan<byte> text, ref Result result)
    {
        var isRead = TimeText.TryParseDate(Encoding.UTF8.GetString(text), out var days);
        if (isRead)
        {
            result.Int32(days);
        }

        return isRead;
    }

    private static bool ReadTimestamp(ReadOnlySpan<byte> text, FlinkType target, ref Result result)
    {
        var isRead = TimeText.TryParseTimestamp(Encoding.UTF8.GetString(text), target.Precision, out var microseconds);
        if (isRead)
        {
            result.Int64(microseconds);
        }

        return isRead;
    }

    private static BoundExpression Write(BindingContext binding, BoundExpression operand, SourcePosition at)
    {
        var type = operand.Type;
        RowFunction body = type.Kind switch
        {
            TypeKind.Boolean => (in Arguments arguments, ref Result result) => result.Bytes(arguments.Boolean(0) ? "TRUE"u8 : "FALSE"u8),
            TypeKind.Double => (in Arguments arguments, ref Result result) => result.Text(JavaFloatingText.Of(arguments.Double(0))),
            TypeKind.Float => (in Arguments arguments, ref Result result) => result.Text(JavaFloatingText.Of(arguments.Float(0))),
            TypeKind.Date => (in Arguments arguments, ref Result result) => result.Text(TimeText.FormatDate(arguments.Int32(0))),
            TypeKind.Timestamp or TypeKind.TimestampLtz =>
                (in Arguments arguments, ref Result result) => result.Text(TimeText.FormatTimestamp(arguments.Int64(0), type.Precision)),
            TypeKind.Decimal => (in Arguments arguments, ref Result result) => result.Text(FlinkDecimal.Text(ExactNumbers.Read(arguments, 0, type), type.Scale)),
            _ when type.IsInteger => (in Arguments arguments, ref Result result) =>
                result.Text(ExactNumbers.Read(arguments, 0, type).ToString(CultureInfo.InvariantCulture)),
            TypeKind.Bytes => (in Arguments arguments, ref Result result) => result.Text(JavaEncodings.DecodeUtf8(arguments.Bytes(0))),
            TypeKind.Array when type.Element!.IsText => WriteArray,
            _ => throw Casts.Refuse(type, FlinkType.String, at),
        };
        return binding.Call("text of", FlinkType.String, body, [operand]);
    }

    private static void WriteArray(in Arguments arguments, ref Result result)
    {
        var text = new StringBuilder("[");
        for (var index = 0; index < arguments.Count(0); index++)
        {
            text.Append(index == 0 ? string.Empty : ", ");
            text.Append(arguments.IsElementNull(0, index) ? "NULL" : Encoding.UTF8.GetString(arguments.ElementBytes(0, index)));
        }

        result.Text(text.Append(']').ToString());
    }
}
