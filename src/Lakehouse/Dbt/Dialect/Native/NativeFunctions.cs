using System.Numerics;
using System.Text;
using Recoup.Lakehouse.FlinkSql.Native;
using Recoup.Lakehouse.FlinkSql.Semantics;
using Recoup.Lakehouse.FlinkSql.Types;

namespace Recoup.Lakehouse.Dbt.Dialect.Native;

/// <summary>Functions of our own, for answers that no expression of DuckDB gives.</summary>
internal static class NativeFunctions
{
    private static readonly FlinkType Text = FlinkType.String;

    public static IEnumerable<ScalarKernel> All =>
    [
        .. Division, .. Decimals, .. Casts("trino_to", isTry: false), .. Casts("trino_try_to", isTry: true), .. Times(), .. Texts, .. Json,
    ];

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

    private static IEnumerable<ScalarKernel> Casts(string prefix, bool isTry) =>
    [
        Integer($"{prefix}_tinyint", sbyte.MinValue, sbyte.MaxValue, isTry),
        Integer($"{prefix}_smallint", short.MinValue, short.MaxValue, isTry),
        Integer($"{prefix}_integer", int.MinValue, int.MaxValue, isTry),
        Integer($"{prefix}_bigint", long.MinValue, long.MaxValue, isTry),
        new($"{prefix}_double", [Text], FlinkType.Double, (in Arguments row, ref Result result) =>
        {
            if (TrinoTexts.TryDouble(row.Text(0), out var value) || Fail(isTry, "double"))
            {
                result.Double(value);
            }
        }),
        new($"{prefix}_boolean", [Text], FlinkType.Boolean, (in Arguments row, ref Result result) =>
        {
            if (TrinoTexts.TryBoolean(row.Text(0), out var value) || Fail(isTry, "boolean"))
            {
                result.Boolean(value);
            }
        }),
        new($"{prefix}_decimal", [Text, FlinkType.Int, FlinkType.Int], Text, (in Arguments row, ref Result result) =>
        {
            if (TrinoTexts.Decimal(row.Text(0), row.Int32(1), row.Int32(2)) is { } value)
            {
                result.Text(value);
            }
            else
            {
                Fail(isTry, "decimal");
            }
        }),
        new($"{prefix}_date", [Text], FlinkType.Date, (in Arguments row, ref Result result) =>
        {
            if (TrinoTimes.TryDate(row.Text(0), out var days) || Fail(isTry, "date"))
            {
                result.Int32(days);
            }
        }),
        new($"{prefix}_timestamp", [Text, FlinkType.Int], FlinkType.Timestamp(6), (in Arguments row, ref Result result) =>
        {
            if (TrinoTimes.TryTimestamp(row.Text(0), out var time) || Fail(isTry, "timestamp"))
            {
                result.Int64(TrinoTimes.Round(time.LocalMicroseconds, row.Int32(1)));
            }
        }),
        new($"{prefix}_instant", [Text, FlinkType.Int], FlinkType.TimestampLtz(6), (in Arguments row, ref Result result) =>
        {
            if (TrinoTimes.TryTimestamp(row.Text(0), out var time) || Fail(isTry, "timestamp with time zone"))
            {
                result.Int64(TrinoTimes.Round(InUtc(time).Microseconds, row.Int32(1)));
            }
        }),
    ];

    private static ScalarKernel Integer(string name, long lowest, long highest, bool isTry) => new(name, [Text], FlinkType.BigInt, (in Arguments row, ref Result result) =>
    {
        if (TrinoTexts.TryInteger(row.Text(0), lowest, highest, out var value) || Fail(isTry, "integer"))
        {
            result.Int64(value);
        }
    });

    /// <summary>The value itself is not named: it may be a customer's.</summary>
    private static bool Fail(bool isTry, string type) => isTry ? false : throw new FlinkValueException($"a text cannot be cast to {type}");

    private static TimestampText InUtc(TimestampText time) => time.IsUtc
        ? time
        : throw new FlinkValueException("L09: a time has an offset other than UTC, which Trino would keep in the value; wrap it into at_timezone(..., 'UTC')");

    private static IEnumerable<ScalarKernel> Times()
    {
        foreach (var (name, isTry, anyOffset) in new[] { ("trino_iso8601", false, true), ("trino_iso8601_utc", false, false), ("trino_try_iso8601_utc", true, false), ("trino_try_iso8601", true, true) })
        {
            yield return new(name, [Text], FlinkType.TimestampLtz(6), (in Arguments row, ref Result result) =>
            {
                if (Accept(Iso8601.Read(row.Text(0), out var time), isTry))
                {
                    result.Int64((anyOffset ? time : InUtc(time)).Microseconds);
                }
            });
        }

        foreach (var (name, isTry) in new[] { ("trino_date_parse", false), ("trino_try_date_parse", true) })
        {
            yield return new(name, [Text, Text], FlinkType.Timestamp(6), (in Arguments row, ref Result result) =>
            {
                if (Accept(DateParser.Read(row.Text(0), row.Text(1), out var micros), isTry))
                {
                    result.Int64(micros);
                }
            });
        }

        yield return new("trino_iso8601_date", [Text], FlinkType.Date, static (in Arguments row, ref Result result) =>
        {
            if (!Iso8601.IsDate(row.Text(0)) || !TrinoTimes.TryDate(row.Text(0), out var days))
            {
                throw new FlinkValueException("a text is no date of the form 2026-01-31");
            }

            result.Int32(days);
        });
    }

    private static bool Accept(Reading reading, bool isTry) => reading switch
    {
        Reading.Done => true,
        Reading.Invalid when isTry => false,
        Reading.Invalid => throw new FlinkValueException("a text is no time in the form wanted"),
        _ => throw new FlinkValueException("L23: a time has a form that is not read here, and that Trino may read"),
    };

    private static IEnumerable<ScalarKernel> Texts =>
    [
        TextFunction("trino_trim", static text => TrinoBlanks.TrimStart(TrinoBlanks.TrimEnd(text))),
        TextFunction("trino_ltrim", TrinoBlanks.TrimStart),
        TextFunction("trino_rtrim", TrinoBlanks.TrimEnd),
        TextFunction("trino_lower", static text => TrinoCase.Map(text, Rune.ToLowerInvariant)),
        TextFunction("trino_upper", static text => TrinoCase.Map(text, Rune.ToUpperInvariant)),
        TextFunction("trino_reverse", static text => string.Concat(text.EnumerateRunes().Reverse().Select(rune => rune.ToString()))),
        new("trino_double_text", [FlinkType.Double], Text, static (in Arguments row, ref Result result) => result.Text(TrinoTexts.Text(row.Double(0)))),
    ];

    private static ScalarKernel TextFunction(string name, Func<string, string> compute) =>
        new(name, [Text], Text, (in Arguments row, ref Result result) => result.Text(compute(row.Text(0))));

    private static IEnumerable<ScalarKernel> Json =>
    [
        PathFunction("trino_json_scalar", JsonPaths.Scalar),
        PathFunction("trino_json_extract", JsonValues.Extract),
        Parse("trino_json_parse", isTry: false),
        Parse("trino_try_json_parse", isTry: true),
        new("trino_json_array_length", [Text], FlinkType.BigInt, static (in Arguments row, ref Result result) =>
        {
            if (JsonValues.ArrayLength(row.Text(0)) is { } length)
            {
                result.Int64(length);
            }
        }),
    ];

    private static ScalarKernel PathFunction(string name, Func<string, string, string?> compute) => new(name, [Text, Text], Text, (in Arguments row, ref Result result) =>
    {
        if (compute(row.Text(0), row.Text(1)) is { } value)
        {
            result.Text(value);
        }
    });

    private static ScalarKernel Parse(string name, bool isTry) => new(name, [Text], Text, (in Arguments row, ref Result result) =>
    {
        if (JsonValues.Parse(row.Text(0)) is { } value)
        {
            result.Text(value);
        }
        else
        {
            Fail(isTry, "json");
        }
    });
}
