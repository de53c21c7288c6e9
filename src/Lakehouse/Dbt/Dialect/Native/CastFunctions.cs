using Recoup.Lakehouse.FlinkSql.Native;
using Recoup.Lakehouse.FlinkSql.Types;

namespace Recoup.Lakehouse.Dbt.Dialect.Native;

/// <summary>Casts from text, with Trino's grammar of numbers and times; the try forms give NULL where Trino does.</summary>
internal static class CastFunctions
{
    private static readonly FlinkType Text = FlinkType.String;

    public static IEnumerable<ScalarKernel> All => [.. Casts("trino_to", isTry: false), .. Casts("trino_try_to", isTry: true)];

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
            if (TrinoTimes.TryTimestamp(row.Text(0), out var time, row.Int32(1)) || Fail(isTry, "timestamp"))
            {
                result.Int64(time.LocalMicroseconds);
            }
        }),
        new($"{prefix}_instant", [Text, FlinkType.Int], FlinkType.TimestampLtz(6), (in Arguments row, ref Result result) =>
        {
            if (TrinoTimes.TryTimestamp(row.Text(0), out var time, row.Int32(1)) || Fail(isTry, "timestamp with time zone"))
            {
                result.Int64(TimeFunctions.InUtc(time).Microseconds);
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
    public static bool Fail(bool isTry, string type) => isTry ? false : throw new FlinkValueException($"a text cannot be cast to {type}");
}
