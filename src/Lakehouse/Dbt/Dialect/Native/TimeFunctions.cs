using Recoup.Lakehouse.FlinkSql.Native;
using Recoup.Lakehouse.FlinkSql.Types;

namespace Recoup.Lakehouse.Dbt.Dialect.Native;

/// <summary>Times read from ISO 8601 and from formats.</summary>
internal static class TimeFunctions
{
    private static readonly FlinkType Text = FlinkType.String;

    public static TimestampText InUtc(TimestampText time) => time.IsUtc
        ? time
        : throw new FlinkValueException("L09: a time has an offset other than UTC, which Trino would keep in the value; wrap it into at_timezone(..., 'UTC')");

    public static IEnumerable<ScalarKernel> All()
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
}
