using Recoup.Lakehouse.Dbt.Dialect;

namespace Recoup.Lakehouse.Tests.Dbt.Dialect;

/// <summary>Each rule refuses by its id, at the line, with what would be right.</summary>
[TestClass]
public sealed class RefusalTests
{
    [TestMethod]
    [DataRow("L06", "SELECT CAST('12151fd2-7586-11e9-8f9e-2a86e4085a59' AS uuid)", DisplayName = "text to uuid")]
    [DataRow("L05", "SELECT CAST('a' AS char(3))", DisplayName = "char is padded")]
    [DataRow("L06", "SELECT 1 = '1'", DisplayName = "implicit conversion")]
    [DataRow("L06", "SELECT 'a' || 1", DisplayName = "text and number joined")]
    [DataRow("L06", "SELECT CASE WHEN true THEN 1 ELSE 'a' END", DisplayName = "mixed branches")]
    [DataRow("L06", "SELECT 1 WHERE 1", DisplayName = "a condition that is none")]
    [DataRow("L07", "SELECT DATE '2026-01-01' + INTERVAL 3 DAY", DisplayName = "interval without quotes")]
    [DataRow("L07", "SELECT DATE '2026-01-01' + INTERVAL '3' WEEK", DisplayName = "interval in weeks")]
    [DataRow("L08", "SELECT DATE '2026-01-02' - DATE '2026-01-01'", DisplayName = "an interval as result")]
    [DataRow("L08", "SELECT DATE '2026-01-02' + INTERVAL '1' HOUR", DisplayName = "hours to a date")]
    [DataRow("L09", "SELECT TIMESTAMP '2026-01-31 10:00:00 Europe/Berlin'", DisplayName = "zone in a literal")]
    [DataRow("L09", "SELECT now() AT TIME ZONE 'Europe/Berlin'", DisplayName = "other zone")]
    [DataRow("L10", "SELECT nan() IN (nan())", DisplayName = "NaN in a list")]
    [DataRow("L11", "SELECT JSON '{}'", DisplayName = "JSON literal")]
    [DataRow("L12", "SELECT json_extract_scalar('{}', 'a')", DisplayName = "path without $")]
    [DataRow("L13", "SELECT 1 AS y FROM (VALUES (1)) t(x) WHERE y = 1", DisplayName = "alias in WHERE")]
    [DataRow("L13", "SELECT x AS y, count(*) FROM (VALUES (1)) t(x) GROUP BY y", DisplayName = "alias in GROUP BY")]
    [DataRow("L14", "SELECT '1'::integer", DisplayName = "cast with colons")]
    [DataRow("L14", "SELECT x FROM (VALUES (1)) t(x) QUALIFY true", DisplayName = "QUALIFY")]
    [DataRow("L14", "SELECT 1;", DisplayName = "semicolon")]
    [DataRow("L14", "SELECT 1 AS order", DisplayName = "reserved word")]
    [DataRow("L15", "SELECT instr('a', 'a')", DisplayName = "DuckDB's function")]
    [DataRow("L15", "SELECT date_trunc('decade', DATE '2026-01-01')", DisplayName = "unit that Trino lacks")]
    [DataRow("L15", "SELECT date_trunc('hour', DATE '2026-01-01')", DisplayName = "unit that a date lacks")]
    [DataRow("L17", "SELECT ARRAY[1] = ARRAY[1]", DisplayName = "arrays compared")]
    [DataRow("L19", "SELECT typeof(lower('a'))", DisplayName = "typeof of a text")]
    [DataRow("L20", "SELECT approx_percentile(x, 0.5) FROM (VALUES (1.5)) t(x)", DisplayName = "percentile of decimals")]
    [DataRow("L07", "SELECT DATE '2026-01-02' + INTERVAL '99999999999' DAY", DisplayName = "an interval beyond all integers")]
    [DataRow("L14", "SELECT substring('abc' FOR 2)", DisplayName = "substring without FROM")]
    [DataRow("L15", "SELECT position('b', 'abc')", DisplayName = "position without IN")]
    [DataRow("L15", "SELECT approx_percentile(x, 1.5) FROM (VALUES 1) t(x)", DisplayName = "a share above 1")]
    [DataRow("L15", "SELECT nth_value(x, 0) OVER (ORDER BY x) FROM (VALUES 1) t(x)", DisplayName = "the value before the first")]
    [DataRow("L17", "SELECT ARRAY[1] AS a ORDER BY 1", DisplayName = "an array as the order")]
    [DataRow("L17", "SELECT json_parse('1') AS a ORDER BY a", DisplayName = "JSON as the order")]
    [DataRow("L20", "SELECT round(99.99, -2)", DisplayName = "a round that leaves no digit")]
    [DataRow("L22", "SELECT TIMESTAMP ' 2026-01-31'", DisplayName = "a literal with blanks around")]
    [DataRow("L23", "SELECT date_format(now(), '')", DisplayName = "an empty format")]
    [DataRow("L23", "SELECT format_datetime(now(), '''it''''s''')", DisplayName = "a quote within quotes")]
    [DataRow("L23", "SELECT regexp_extract('(a', '[(](a)', 2)", DisplayName = "a group that is none")]
    [DataRow("L21", "SELECT sum(x) FILTER (WHERE true) OVER () FROM (VALUES (1)) t(x)", DisplayName = "FILTER with OVER")]
    [DataRow("L21", "SELECT 1 UNION SELECT 'a'", DisplayName = "mixed union")]
    [DataRow("L22", "SELECT TIMESTAMP '2026-01-31 10:00:00.1234567'", DisplayName = "more than microseconds")]
    [DataRow("L23", "SELECT regexp_like('a', 'a(?=b)')", DisplayName = "look-ahead")]
    [DataRow("L23", "SELECT date_format(now(), '%w')", DisplayName = "letter that is not known")]
    public void Translate_WhatDiffers_IsRefusedByRule(string rule, string sql)
    {
        var refusal = Assert.ThrowsExactly<DialectException>(() => TrinoDialect.Translate($"\n{sql}", "model.sql", 10));
        Assert.AreEqual(rule, refusal.Finding.Rule);
        Assert.AreEqual(11, refusal.Finding.Line);
        Assert.AreNotEqual("", refusal.Finding.Remedy);
    }

    [TestMethod]
    public void Translate_ColumnOfATableNotDescribed_IsRefusedWhereItsTypeMatters()
    {
        var refusal = Assert.ThrowsExactly<DialectException>(() => TrinoDialect.Translate("SELECT a / b FROM t", "model.sql"));
        Assert.AreEqual("T01", refusal.Finding.Rule);
    }

    [TestMethod]
    public void Query_TimeWithAnOffset_FailsUnlessTakenToUtc()
    {
        using var duck = new TrinoOnDuck();
        var error = Assert.ThrowsExactly<DuckDB.NET.Data.DuckDBException>(() => duck.Query("SELECT from_iso8601_timestamp('2026-01-31T10:00:00+02:00')"));
        StringAssert.Contains(error.Message, "L09", StringComparison.Ordinal);
        var rows = duck.Query("SELECT at_timezone(from_iso8601_timestamp('2026-01-31T10:00:00+02:00'), 'UTC')");
        Assert.AreEqual(new DateTime(2026, 1, 31, 8, 0, 0, DateTimeKind.Utc), rows[0][0]);
    }

    [TestMethod]
    [DataRow("SELECT try_cast('2026-01-01 10:00:00 Europe/Berlin' AS timestamp(6))", DisplayName = "zone by name")]
    [DataRow("SELECT try_cast('1d' AS double)", DisplayName = "Java's spelling")]
    [DataRow("SELECT try(from_iso8601_timestamp('2026-W05-6'))", DisplayName = "week date")]
    public void Query_TextThatTrinoMayRead_IsNoNullOfATry(string sql)
    {
        using var duck = new TrinoOnDuck();
        Assert.ThrowsExactly<DuckDB.NET.Data.DuckDBException>(() => duck.Query(sql));
    }
}
