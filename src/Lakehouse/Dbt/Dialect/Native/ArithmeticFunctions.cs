using System.Numerics;
using Recoup.Lakehouse.FlinkSql.Native;
using Recoup.Lakehouse.FlinkSql.Semantics;
using Recoup.Lakehouse.FlinkSql.Types;

namespace Recoup.Lakehouse.Dbt.Dialect.Native;

/// <summary>Quotients and remainders as Trino has them: whole ones are cut, decimal ones are rounded half up, zero fails.</summary>
internal static class ArithmeticFunctions
{
    private static readonly FlinkType Text = FlinkType.String;

    public static IEnumerable<ScalarKernel> All => [.. Division, .. Decimals, CubeRoot];

    /// <summary>The C library's misses whole roots by a last digit, of which floor makes another number: a step of Newton's mends it.</summary>
    private static ScalarKernel CubeRoot => new("trino_cbrt", [FlinkType.Double], FlinkType.Double, static (in Arguments row, ref Result result) =>
    {
        var (cube, root) = (row.Double(0), Math.Cbrt(row.Double(0)));
        result.Double(root == 0 || !double.IsFinite(root) ? root : root - (((root * root * root) - cube) / (3 * root * root)));
    });

    private static IEnumerable<ScalarKernel> Division =>
    [
        Divide("trino_divide", static (a, b) => a / b, isTry: false),
        Divide("trino_try_divide", static (a, b) => a / b, isTry: true),
        Divide("trino_remainder", static (a, b) => b == -1 ? 0 : a % b, isTry: false),
        Divide("trino_try_remainder", static (a, b) => b == -1 ? 0 : a % b, isTry: true),
    ];

    private static ScalarKernel Divide(string name, Func<long, long, long> compute, bool isTry) => new(name, [FlinkType.BigInt, FlinkType.BigInt], FlinkType.BigInt, (in Arguments row, ref Result result) =>
    {
        if (row.Int64(1) != 0)
        {
            result.Int64(compute(row.Int64(0), row.Int64(1)));
        }
        else if (!isTry)
        {
            throw new FlinkValueException("Division by zero");
        }
    });

    private static IEnumerable<ScalarKernel> Decimals =>
    [
        Decimal("trino_decimal_divide", static (a, b, scale) => FlinkDecimal.DivideHalfUp(a.Unscaled * BigInteger.Pow(10, scale + b.Scale), b.Unscaled * BigInteger.Pow(10, a.Scale))),
        Decimal("trino_decimal_remainder", static (a, b, scale) =>
            BigInteger.Remainder(a.Unscaled * BigInteger.Pow(10, scale - a.Scale), b.Unscaled * BigInteger.Pow(10, scale - b.Scale))),
        new("trino_decimal_round", [Text, FlinkType.Int, FlinkType.Int], Text, static (in Arguments row, ref Result result) =>
        {
            var (unscaled, scale) = TrinoTexts.Split(row.Text(0));
            var drop = BigInteger.Pow(10, Math.Max(0, scale - row.Int32(1)));
            result.Text(TrinoTexts.Layout(FlinkDecimal.DivideHalfUp(unscaled, drop) * drop, row.Int32(2)));
        }),
    ];

    private delegate BigInteger DecimalFunction((BigInteger Unscaled, int Scale) a, (BigInteger Unscaled, int Scale) b, int scale);

    private static ScalarKernel Decimal(string name, DecimalFunction compute) => new(name, [Text, Text, FlinkType.Int], Text, (in Arguments row, ref Result result) =>
    {
        var (a, b) = (TrinoTexts.Split(row.Text(0)), TrinoTexts.Split(row.Text(1)));
        result.Text(b.Unscaled.IsZero ? throw new FlinkValueException("Division by zero") : TrinoTexts.Layout(compute(a, b, row.Int32(2)), row.Int32(2)));
    });
}
