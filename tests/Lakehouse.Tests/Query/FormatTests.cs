using CsCheck;
using Recoup.Lakehouse.Query;
using Recoup.Lakehouse.Query.Formats;

namespace Recoup.Lakehouse.Tests.Query;

[TestClass]
public sealed class FormatTests
{
    [TestMethod]
    [DataRow("12.30::DECIMAL(4,2)", "12.30")]
    [DataRow("-0.001::DECIMAL(38,3)", "-0.001")]
    [DataRow("99999999999999999999999999999999999999::DECIMAL(38,0)", "99999999999999999999999999999999999999")]
    [DataRow("(-170141183460469231731687303715884105727)::HUGEINT", "-170141183460469231731687303715884105727")]
    [DataRow("18446744073709551615::UBIGINT", "18446744073709551615")]
    [DataRow("'nan'::DOUBLE", "\"NaN\"")]
    [DataRow("'-inf'::REAL", "\"-Infinity\"")]
    [DataRow("DATE '2026-11-23'", "\"2026-11-23\"")]
    [DataRow("DATE '0044-03-15 (BC)'", "\"-0043-03-15\"")]
    [DataRow("DATE '-infinity'", "\"-infinity\"")]
    [DataRow("TIME '09:30:00.5'", "\"09:30:00.5\"")]
    [DataRow("TIMESTAMP '2026-11-23 09:30:00.123456'", "\"2026-11-23T09:30:00.123456\"")]
    [DataRow("TIMESTAMP '1969-12-31 23:59:59.999999'", "\"1969-12-31T23:59:59.999999\"")]
    [DataRow("TIMESTAMPTZ '2026-11-23 09:30:00+02'", "\"2026-11-23T07:30:00Z\"")]
    [DataRow("TIMESTAMP_NS '2026-11-23 09:30:00.123456789'", "\"2026-11-23T09:30:00.123456789\"")]
    [DataRow("TIMESTAMPTZ 'infinity'", "\"infinity\"")]
    [DataRow("INTERVAL '14 months 3 days 4.5 seconds'", "\"P1Y2M3DT4.5S\"")]
    [DataRow("'\\xAA\\xFF'::BLOB", "\"qv8=\"")]
    [DataRow("'x'::ENUM('x','y')", "\"x\"")]
    [DataRow("[1,NULL,3]", "[1,null,3]")]
    [DataRow("[1,2]::INTEGER[2]", "[1,2]")]
    [DataRow("{'a':1,'b':[{'c':NULL}]}", "{\"a\":1,\"b\":[{\"c\":null}]}")]
    [DataRow("MAP{'k':1}", "{\"k\":1}")]
    [DataRow("MAP{1:'x'}", "[[1,\"x\"]]")]
    [DataRow("NULL", "null")]
    public async Task WriteAsync_Json_KeepsTheValue(string sql, string expected)
    {
        using var room = new QueryRoom();

        Assert.Contains($"\"rows\":[{{\"v\":{expected}}}]", await room.TextAsync($"SELECT {sql} AS v", JsonResult.WriteAsync));
    }

    [TestMethod]
    [DataRow("340282366920938463463374607431768211455::UHUGEINT")]
    [DataRow("'0110'::BIT")]
    [DataRow("[TIMETZ '09:30:00+02']")]
    [DataRow("1::VARIANT")]
    [DataRow("{'a': union_value(k := 1)}")]
    public async Task ExecuteAsync_TypeThatWouldLoseItsValue_IsRefusedByName(string sql)
    {
        using var room = new QueryRoom();

        Assert.AreEqual(QueryFailure.Refused, (await room.RefusedAsync($"SELECT {sql} AS v")).Failure);
    }

    [TestMethod]
    public async Task WriteAsync_Csv_QuotesByRfc4180()
    {
        using var room = new QueryRoom();

        var csv = await room.TextAsync("SELECT 'a\"b,c' AS \"x,y\", '' AS e, NULL AS n, 1.50::DECIMAL(4,2) AS d", CsvResult.WriteAsync);

        Assert.AreEqual("\"x,y\",e,n,d\r\n\"a\"\"b,c\",\"\",,1.50\r\n", csv);
    }

    [TestMethod]
    public async Task WriteAsync_Arrow_ReadsBack()
    {
        using var room = new QueryRoom();
        using var stream = new MemoryStream();
        await using (var result = await room.Engine.ExecuteAsync("SELECT i, 'x' || i AS t, [i] AS l FROM range(5000) r(i)"))
        {
            await ArrowResult.WriteAsync(result, stream);
        }

        stream.Position = 0;
        using var reader = new Apache.Arrow.Ipc.ArrowStreamReader(stream);
        var rows = 0;
        while (await reader.ReadNextRecordBatchAsync() is { } batch)
        {
            Assert.AreEqual($"x{rows}", CellText.Of(batch.Column(1), 0));
            Assert.AreEqual($"[{rows}]", CellText.Of(batch.Column(2), 0));
            rows += batch.Length;
        }

        Assert.AreEqual(5000, rows);
    }

    [TestMethod]
    public void Timestamp_AnyMicrosecond_IsWhatDateTimeSays() =>
        Gen.Long[DateTime.MinValue.Ticks / 10, DateTime.MaxValue.Ticks / 10].Sample(micros =>
        {
            var moment = new DateTime(micros * 10, DateTimeKind.Utc);
            var text = TimeText.Timestamp(micros - (DateTime.UnixEpoch.Ticks / 10), Apache.Arrow.Types.TimeUnit.Microsecond, isZoned: true);
            return text == moment.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", System.Globalization.CultureInfo.InvariantCulture);
        });
}
