using Recoup.Lakehouse.FlinkSql.Binding;
using Recoup.Lakehouse.FlinkSql.Native;
using Recoup.Lakehouse.FlinkSql.Semantics;
using Recoup.Lakehouse.FlinkSql.Syntax;
using Recoup.Lakehouse.FlinkSql.Types;

namespace Recoup.Lakehouse.FlinkSql.Functions;

/// <summary>CAST and TRY_CAST, from and to the types of the shared subset; the session's zone is UTC.</summary>
internal static class Casts
{
    public static BoundExpression Bind(BindingContext binding, BoundExpression operand, FlinkType target, bool isTry, SourcePosition at)
    {
        if (operand.Type == target)
        {
            return operand with { Constant = null };
        }

        if (target.IsText)
        {
            return TextCasts.To(binding, operand, target, at);
        }

        if (operand.Type.IsText)
        {
            return TextCasts.From(binding, operand, target, isTry, at);
        }

        return (operand.Type, target) switch
        {
            ({ IsNumeric: true }, { IsNumeric: true }) => NumberCasts.Bind(binding, operand, target, at),
            ({ IsInteger: true }, { Kind: TypeKind.Boolean }) => new BoundExpression($"({operand.Sql} <> 0)", target, CanFail: operand.CanFail),
            ({ Kind: TypeKind.Boolean }, { IsInteger: true }) =>
                new BoundExpression($"CAST({operand.Sql} AS {PhysicalTypes.Name(target)})", target, CanFail: operand.CanFail),
            ({ IsTimestamp: true }, { IsTimestamp: true }) => BindTimestamp(binding, operand, target),
            ({ Kind: TypeKind.Timestamp }, { Kind: TypeKind.Date }) => binding.Call(
                "date of", target, (in Arguments arguments, ref Result result) => result.Int32(Calendar.Day(arguments.Int64(0))), [operand]),
            ({ Kind: TypeKind.Date }, { IsTimestamp: true }) => binding.Call(
                "midnight of", target, (in Arguments arguments, ref Result result) => result.Int64(arguments.Int32(0) * TimeText.MicrosecondsPerDay), [operand]),
            ({ Kind: TypeKind.Bytes }, { Kind: TypeKind.Bytes, Precision: FlinkType.Unbounded }) => operand with { Type = target },
            _ => throw Refuse(operand.Type, target, at),
        };
    }

    /// <summary>What happens by itself where branches meet: no value changes.</summary>
    public static BoundExpression Widen(BindingContext binding, BoundExpression operand, FlinkType target, SourcePosition at)
    {
        if (operand.Type == target || (operand.Type.IsText && target.IsText))
        {
            return operand with { Type = target };
        }

        return operand.Type.IsBinary && target.IsBinary
            ? throw new FlinkSqlException(at, $"{operand.Type} beside {target}: Flink 2.1 cuts the longer one", "Make both sides of one type")
            : Bind(binding, operand, target, isTry: false, at);
    }

    public static FlinkSqlException Refuse(FlinkType from, FlinkType to, SourcePosition at) =>
        new(at, $"a cast from {from} to {to} is not in the shared subset", "Cast by way of STRING, guarded by REGEXP");

    private static BoundExpression BindTimestamp(BindingContext binding, BoundExpression operand, FlinkType target)
    {
        var precision = target.Precision;
        return binding.Call(
            $"timestamp {precision}", target,
            (in Arguments arguments, ref Result result) => result.Int64(TimeText.Truncate(arguments.Int64(0), precision)), [operand]);
    }
}
