using System.Numerics;
using Recoup.Lakehouse.FlinkSql.Binding;
using Recoup.Lakehouse.FlinkSql.Native;
using Recoup.Lakehouse.FlinkSql.Semantics;
using Recoup.Lakehouse.FlinkSql.Syntax;
using Recoup.Lakehouse.FlinkSql.Types;

namespace Recoup.Lakehouse.FlinkSql.Functions;

/// <summary>Casts between numbers: integers wrap, a DOUBLE is cut off and held within the integer's range, decimals round half up.</summary>
internal static class NumberCasts
{
    public static BoundExpression Bind(BindingContext binding, BoundExpression operand, FlinkType target, SourcePosition at)
    {
        var from = operand.Type;
        RowFunction body = (from, target) switch
        {
            ({ IsInteger: true }, { IsInteger: true }) =>
                (in Arguments arguments, ref Result result) => WriteInteger(ref result, (long)ExactNumbers.Read(arguments, 0, from), target),
            ({ IsApproximate: true }, { IsInteger: true }) =>
                (in Arguments arguments, ref Result result) => WriteCut(ref result, ExactNumbers.ReadDouble(arguments, 0, from), target),
            ({ Kind: TypeKind.Decimal }, { IsInteger: true }) => (in Arguments arguments, ref Result result) =>
                WriteInteger(ref result, unchecked((long)(ExactNumbers.Read(arguments, 0, from) / Power(from.Scale))), target),
            ({ IsExact: true }, { Kind: TypeKind.Decimal }) => (in Arguments arguments, ref Result result) =>
                ExactNumbers.WriteDecimal(ref result, ExactNumbers.Read(arguments, 0, from), from.Scale, target),
            ({ Kind: TypeKind.Double }, { Kind: TypeKind.Decimal }) =>
                (in Arguments arguments, ref Result result) => WriteDecimal(ref result, arguments.Double(0), target),
            (_, { Kind: TypeKind.Double }) =>
                (in Arguments arguments, ref Result result) => result.Double(ExactNumbers.ReadDouble(arguments, 0, from)),
            _ => throw Casts.Refuse(from, target, at),
        };
        return binding.Call("number", target, body, [operand], canFail: from.IsApproximate && target.Kind == TypeKind.Decimal);
    }

    private static Int128 Power(int scale) => (Int128)BigInteger.Pow(10, scale);

    private static void WriteInteger(ref Result result, long value, FlinkType target) => ExactNumbers.Write(
        ref result,
        target.Kind switch
        {
            TypeKind.TinyInt => unchecked((sbyte)value),
            TypeKind.SmallInt => unchecked((short)value),
            TypeKind.Int => unchecked((int)value),
            _ => value,
        },
        target);

    /// <summary>Java's narrowing: NaN is 0, to INT and BIGINT the nearest value that fits, to the smaller ones by way of INT.</summary>
    private static void WriteCut(ref Result result, double value, FlinkType target)
    {
        var (least, most) = target.Kind == TypeKind.BigInt ? (long.MinValue, long.MaxValue) : (int.MinValue, int.MaxValue);
        var cut = double.IsNaN(value) ? 0 : value <= least ? least : value >= most ? most : (long)value;
        WriteInteger(ref result, cut, target);
    }

    private static void WriteDecimal(ref Result result, double value, FlinkType target)
    {
        if (!FlinkDecimal.TryParseBigDecimal(JavaFloatingText.Of(value), out var unscaled, out var scale))
        {
            throw new FlinkValueException($"{value} is no decimal");
        }

        ExactNumbers.WriteDecimal(ref result, unscaled, scale, target);
    }
}
